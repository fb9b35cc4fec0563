import { randomBytes } from 'node:crypto';
import { createListId, type ListId } from '@trolley/shared/protocol';
import { FakeClock, settle } from '@trolley/shared/testing';
import { describe, expect, it } from 'vitest';
import { recordLog } from '../testing/log-lines.ts';
import { SnapshotKeeper } from './snapshot-keeper.ts';
import type { SnapshotOutcome } from './take-snapshot.ts';

/** A keeper whose snapshots take as long as the test wants. */
function startKeeper() {
  const clock = new FakeClock();
  const begun: ListId[] = [];
  const endings: PromiseWithResolvers<SnapshotOutcome>[] = [];
  const { logger, lines } = recordLog();
  const take = (list: ListId): Promise<SnapshotOutcome> => {
    begun.push(list);
    const ending = Promise.withResolvers<SnapshotOutcome>();
    endings.push(ending);
    return ending.promise;
  };
  return { keeper: new SnapshotKeeper(take, clock, logger), clock, begun, endings, lines };
}

const lists = [1, 2, 3].map(() => createListId(randomBytes));
const due = lists.map((list) => ({ list, updates: 100, bytes: 0 }));

describe('the keeper of snapshots', () => {
  it('S8 takes one after a hundred updates or 64 KB, and not before', () => {
    const { keeper, begun } = startKeeper();
    const list = createListId(randomBytes);
    keeper.consider([{ list, updates: 99, bytes: 65_535 }]);
    expect(begun).toEqual([]);
    keeper.consider([{ list, updates: 1, bytes: 65_536 }]);
    expect(begun).toEqual([list]);
  });

  it('S8 takes one at a time, and rests after each for nine times as long', async () => {
    const { keeper, clock, begun, endings } = startKeeper();
    keeper.consider(due);
    keeper.consider(due);
    expect(begun).toEqual(lists.slice(0, 1));
    await clock.advance(10);
    endings[0]?.resolve('taken');
    await clock.advance(89);
    expect(begun).toEqual(lists.slice(0, 1));
    await clock.advance(1);
    expect(begun).toEqual(lists.slice(0, 2));
  });

  it('S8 goes on after a failure', async () => {
    const { keeper, clock, begun, endings, lines } = startKeeper();
    keeper.consider(due);
    endings[0]?.reject(new Error('the store is gone'));
    await clock.advance(0);
    await clock.advance(1);
    expect(begun).toEqual(lists.slice(0, 2));
    expect(lines.join('')).toContain('the store is gone');
    endings[1]?.resolve('too-large');
    await clock.advance(1);
    expect(lines.join('')).toContain('too large for a snapshot');
  });

  it('S8 ends with the one that it is taking', async () => {
    const { keeper, clock, begun, endings } = startKeeper();
    keeper.consider(due);
    let isDisposed = false;
    const disposal = keeper.dispose().then(() => (isDisposed = true));
    await settle();
    expect(isDisposed).toBe(false);
    endings[0]?.resolve('taken');
    await disposal;
    keeper.consider(due);
    await clock.advance(1_000);
    expect(begun).toHaveLength(1);
  });
});
