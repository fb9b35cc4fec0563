import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendBatch } from '../log/append.ts';
import { ListWriter } from '../testing/list-writer.ts';
import { startLogHarness, type StoreHarness } from '../testing/log-harness.ts';
import { readMoments } from './read-moments.ts';

describe('the minutes in which a list was edited', { timeout: 30_000 }, () => {
  let store: StoreHarness;

  beforeAll(async () => {
    store = await startLogHarness(null);
  }, 60_000);

  afterAll(async () => {
    await store.dispose();
  });

  it('S54 are told page by page, whole, however many edits a page may look at', async () => {
    const { database } = store;
    const owner = await store.createUser();
    const list = await store.createList(owner);
    const writer = new ListWriter();
    writer.create('Home');
    writer.addMany(11);
    const minutes = [1, 1, 4, 6];
    for (const [minute, edits] of minutes.entries()) {
      const updates = writer.updates.splice(0, edits);
      const appends = updates.map((update) => ({ userId: owner, list, epoch: 0, update }));
      await appendBatch(database.sql, appends, new Date(Date.UTC(2026, 10, 1, 8, minute, 30)));
    }
    const expected = minutes.toReversed();
    for (const maxEdits of [3, 6, 7, 11, 12, 100]) {
      const told: number[] = [];
      let before: Date | null = new Date(Date.UTC(2026, 10, 1, 9));
      while (before !== null) {
        const { moments, next } = await readMoments(database.sql, list, before, maxEdits);
        told.push(...moments.map(({ edits }) => edits));
        before = next;
      }
      // Of a minute that alone has more than a page, only so many are counted.
      expect(told, `pages of ${maxEdits}`).toEqual(expected.map((edits) => Math.min(edits, maxEdits)));
    }
  });
});
