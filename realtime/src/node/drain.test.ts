import { FakeClock, SeededRandom } from '@trolley/shared/testing';
import { describe, expect, it } from 'vitest';
import { drain } from './drain.ts';

describe('a node that is going', () => {
  const begin = (count: number, withinMs: number, retire = () => Promise.resolve()) => {
    const clock = new FakeClock(0);
    const random = new SeededRandom(20);
    const retiredAtMs: number[] = [];
    const connections = Array.from({ length: count }, () => ({
      retire: () => {
        retiredAtMs.push(clock.nowMs());
        return retire();
      },
    }));
    const parts = { clock, randomBytes: (byteLength: number) => random.bytes(byteLength), withinMs };
    let isOver = false;
    void drain(connections, parts).then(() => {
      isOver = true;
    });
    return { clock, retiredAtMs, isOver: () => isOver };
  };

  it('R20 ends its connections one after the other, within its time', async () => {
    const { clock, retiredAtMs, isOver } = begin(1_000, 5_000);
    await clock.advance(5_000);
    expect([retiredAtMs.length, isOver()]).toEqual([1_000, true]);
    const inEachSecond = [0, 1, 2, 3, 4].map(
      (second) => retiredAtMs.filter((atMs) => Math.floor(atMs / 1_000) === second).length,
    );
    expect(Math.min(...inEachSecond)).toBeGreaterThan(150);
    expect(clock.pendingTimers).toBe(0);
  });

  it('R20 ends them at once when there is no other node to go to', async () => {
    const { clock, retiredAtMs, isOver } = begin(10, 0);
    await clock.advance(0);
    expect([retiredAtMs, isOver()]).toEqual([Array.from({ length: 10 }, () => 0), true]);
  });

  it('R20 does not wait for ever for an answer', async () => {
    const never = Promise.withResolvers<undefined>();
    const { clock, isOver } = begin(3, 5_000, () => never.promise);
    await clock.advance(14_999);
    expect(isOver()).toBe(false);
    await clock.advance(1);
    expect(isOver()).toBe(true);
  });
});
