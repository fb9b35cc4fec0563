import { FakeClock } from '@trolley/shared/testing';
import { describe, expect, it } from 'vitest';
import { everyNight, lastNight, nightlyJobId } from './nights.ts';

const at = (day: number, hour: number, minute = 0) => new Date(2027, 5, day, hour, minute).getTime();
const hourMs = 60 * 60 * 1_000;

describe("the nights' work", () => {
  it.each([
    ['at three', at(7, 3), 7],
    ['in the evening', at(7, 23, 59), 7],
    ['after midnight', at(8, 2, 59), 7],
    ['at three again', at(8, 3), 8],
  ])('S42 of the moment %s is that of the last three in the morning', (_, nowMs, day) => {
    expect(lastNight(nowMs)).toEqual(new Date(2027, 5, day, 3));
  });

  it('S42 has one name a night and queue, whoever asks', () => {
    const night = lastNight(at(7, 12));
    const uuid = /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/;
    expect(nightlyJobId('tidy-accounts', night)).toMatch(uuid);
    expect(nightlyJobId('tidy-accounts', lastNight(at(7, 20)))).toBe(nightlyJobId('tidy-accounts', night));
    const others = [nightlyJobId('tidy-accounts', lastNight(at(8, 12))), nightlyJobId('prune-history', night)];
    expect(new Set([...others, nightlyJobId('tidy-accounts', night)]).size).toBe(3);
  });

  it('S42 is asked for soon after the start and then every hour, so that a machine that slept does it when it wakes', async () => {
    const clock = new FakeClock(at(7, 1, 30));
    const asked: Date[] = [];
    const stop = everyNight((night) => asked.push(night), clock);
    await clock.advance(59_999);
    expect(asked).toEqual([]);
    await clock.advance(1 + 2 * hourMs);
    expect(asked).toEqual([new Date(2027, 5, 6, 3), new Date(2027, 5, 6, 3), new Date(2027, 5, 7, 3)]);
    stop();
    await clock.advance(24 * hourMs);
    expect(asked).toHaveLength(3);
    expect(clock.pendingTimers).toBe(0);
  });
});
