import { randomBytes } from 'node:crypto';
import { createListId, type ListId } from '@trolley/shared/protocol';
import { FakeClock, settle } from '@trolley/shared/testing';
import { describe, expect, it } from 'vitest';
import { recordLog } from '../testing/log-lines.ts';
import { DueLists } from './due-lists.ts';

const lists = Array.from({ length: 3 }, () => createListId(randomBytes));
const gatherMs = 2_000;
const long = (list: ListId) => ({ list, updates: 200, bytes: 0 });

/** Lists that are asked for as the test answers. */
function startDueLists() {
  const clock = new FakeClock();
  const { logger, lines } = recordLog();
  const asked: ListId[][] = [];
  let answer = (): Promise<void> => Promise.resolve();
  const due = new DueLists(
    (batch) => {
      asked.push(batch);
      return answer();
    },
    clock,
    logger,
  );
  return { due, clock, lines, asked, answerWith: (next: () => Promise<void>) => (answer = next) };
}

describe('the lists that are due', () => {
  it('S41 are those with two hundred updates or 64 KB behind their snapshot', async () => {
    const { due, clock, asked } = startDueLists();
    const [list = createListId(randomBytes)] = lists;
    due.note([{ list, updates: 199, bytes: 65_535 }]);
    await clock.advance(4 * gatherMs);
    expect(asked).toEqual([]);
    due.note([{ list, updates: 1, bytes: 65_536 }]);
    await clock.advance(4 * gatherMs);
    expect(asked).toEqual([[list]]);
  });

  it('S41 are gathered, and asked for once, in batches', async () => {
    const { due, clock, asked } = startDueLists();
    for (const list of [...lists, ...lists]) due.note([long(list)]);
    expect(asked).toEqual([]);
    await clock.advance(gatherMs);
    due.note(lists.map(long));
    await clock.advance(4 * gatherMs);
    expect(asked).toEqual([lists]);
    const many = Array.from({ length: 2_500 }, () => createListId(randomBytes));
    due.note(many.map(long));
    await clock.advance(4 * gatherMs);
    expect(asked.slice(1).map((batch) => batch.length)).toEqual([1_000, 1_000, 500]);
    expect(new Set(asked.slice(1).flat())).toEqual(new Set(many));
  });

  it('S41 are asked for again once they were tended, or after a minute', async () => {
    const { due, clock, asked } = startDueLists();
    const [one = createListId(randomBytes), other = createListId(randomBytes)] = lists;
    due.note([long(one), long(other)]);
    await clock.advance(gatherMs);
    due.settle(one);
    due.note([long(one), long(other)]);
    await clock.advance(60_000);
    expect(asked).toEqual([[one, other], [one]]);
    due.note([long(other)]);
    await clock.advance(gatherMs);
    expect(asked).toEqual([[one, other], [one], [other]]);
  });

  it('S41 are kept while they can not be put in line', async () => {
    const { due, clock, lines, asked, answerWith } = startDueLists();
    answerWith(() => Promise.reject(new Error('the store is gone')));
    due.note(lists.map(long));
    await clock.advance(gatherMs);
    due.note(lists.map(long));
    await clock.advance(4_999);
    expect(asked).toEqual([lists]);
    expect(lines.join('')).toContain('the store is gone');
    answerWith(() => Promise.resolve());
    await clock.advance(1);
    await clock.advance(60_000);
    expect(asked).toEqual([lists, lists]);
  });

  it('S41 are asked for no more when the process ends, after the batch that is on its way', async () => {
    const { due, clock, asked, answerWith } = startDueLists();
    const onItsWay = Promise.withResolvers<undefined>();
    answerWith(() => onItsWay.promise);
    due.note(lists.slice(0, 1).map(long));
    await clock.advance(gatherMs);
    due.note(lists.slice(1).map(long));
    let isDisposed = false;
    const disposal = due.dispose().then(() => (isDisposed = true));
    await settle();
    expect(isDisposed).toBe(false);
    onItsWay.resolve(undefined);
    await disposal;
    await clock.advance(60_000);
    expect(asked).toEqual([lists.slice(0, 1)]);
    expect(clock.pendingTimers).toBe(0);
  });
});
