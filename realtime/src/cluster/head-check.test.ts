import { TrolleyError, type Head, type ListId, type Role, type Seat } from '@trolley/shared/protocol';
import { FakeClock } from '@trolley/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BelievedSeat } from '../relay/open-lists.ts';
import { person, testList as list } from '../testing/family.ts';
import { HeadCheck } from './head-check.ts';

const { userId } = person('a');

describe('the comparison with the log', () => {
  let clock: FakeClock;
  let believedHeads: { list: ListId; head: Head | null }[];
  let believedSeats: BelievedSeat[];
  /** When the log was asked, and what. */
  let asked: string[];
  let corrections: unknown[];
  let heads: (lists: readonly ListId[]) => Promise<Map<ListId, Head>>;
  let check: HeadCheck;

  beforeEach(() => {
    clock = new FakeClock(0);
    believedHeads = [{ list, head: { epoch: 0, seq: 3 } }];
    believedSeats = [{ list, userId, role: 'editor' }];
    asked = [];
    corrections = [];
    heads = () => Promise.resolve(new Map([[list, { epoch: 0, seq: 5 }]]));
    const log = {
      heads: (lists: readonly ListId[]) => {
        asked.push(`heads of ${lists.length} at ${clock.nowMs()}`);
        return heads(lists);
      },
      roles: (seats: readonly Seat[]) => {
        asked.push(`roles of ${seats.length} at ${clock.nowMs()}`);
        return Promise.resolve(seats.map((): Role => 'viewer'));
      },
    };
    const lists = {
      get heads() {
        return believedHeads;
      },
      get seats() {
        return believedSeats;
      },
      correctHead: (...correction: unknown[]) => corrections.push(correction),
      correctRole: (...correction: unknown[]) => corrections.push(correction),
    };
    check = new HeadCheck({ log, lists, clock });
  });

  const times = () =>
    asked.filter((question) => question.startsWith('heads')).map((question) => question.split(' ').at(-1));

  it('R15 tells what was believed and what the log says', async () => {
    await clock.advance(2_000);
    expect(corrections).toEqual([
      [list, { epoch: 0, seq: 3 }, { epoch: 0, seq: 5 }],
      [{ list, userId, role: 'editor' }, 'viewer'],
    ]);
  });

  it('R15 compares every two seconds while the others cannot be heard, from the moment of the alarm', async () => {
    check.calm();
    await clock.advance(5_000);
    asked.length = 0;
    check.alarm();
    await clock.advance(6_000);
    expect(times()).toEqual(['5000', '7000', '9000', '11000']);
  });

  it('R15 compares at once when they can be heard again, more often for a moment, and then seldom', async () => {
    await clock.advance(3_000);
    asked.length = 0;
    check.calm();
    await clock.advance(65_000);
    expect(times()).toEqual(['3000', '3250', '5000', '35000', '65000']);
  });

  it('R15 asks for nothing when nobody is here', async () => {
    believedHeads = [];
    believedSeats = [];
    await clock.advance(10_000);
    expect(asked).toEqual([]);
  });

  it('R15 asks about very many in parts', async () => {
    believedHeads = Array.from({ length: 2_500 }, () => ({ list, head: null }));
    believedSeats = Array.from({ length: 1_001 }, () => ({ list, userId, role: 'editor' as const }));
    await clock.advance(2_000);
    const parts = ['heads of 1000', 'heads of 1000', 'heads of 500', 'roles of 1000', 'roles of 1'];
    expect(asked).toEqual(parts.map((part) => `${part} at 2000`));
  });

  it('R15 goes on when the log is away, and never has two comparisons under way', async () => {
    heads = () => Promise.reject(new TrolleyError('unavailable', 'no api'));
    await clock.advance(4_000);
    expect([times(), corrections]).toEqual([['2000', '4000'], []]);
    const held = Promise.withResolvers<Map<ListId, Head>>();
    heads = () => held.promise;
    await clock.advance(2_000);
    check.alarm();
    check.calm();
    await clock.advance(10_000);
    expect(times()).toEqual(['2000', '4000', '6000']);
    held.resolve(new Map());
    await clock.advance(0);
    expect(times()).toEqual(['2000', '4000', '6000', '16000']);
  });

  it('R15 leaves nothing running', async () => {
    await clock.advance(2_500);
    check.dispose();
    expect(clock.pendingTimers).toBe(0);
  });
});
