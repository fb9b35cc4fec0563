import { ListDocument } from '@trolley/shared/document';
import type { ListId } from '@trolley/shared/protocol';
import { expect } from 'vitest';
import { takeSnapshot } from '../log/take-snapshot.ts';
import { ListWriter, viewOf } from './list-writer.ts';
import type { StoreHarness } from './log-harness.ts';
import type { StoreRule } from './log-store-contract.ts';

const now = new Date(0);

/** What a snapshot changes (how a list is stored) and what it does not (anything that a phone sees). */
export const snapshotRules: readonly StoreRule[] = [
  {
    title: 'gives every cursor the same document before and after snapshots',
    prove: async (log, store) => {
      const { owner, list } = await log.ownList();
      const writer = new ListWriter();
      writer.create('Home');
      writer.addMany(59);
      await log.pushAll(owner, list, writer.updates);
      await takeSnapshot(store.database, list, now);
      const pushed = writer.updates.length;
      writer.addMany(20, 'later');
      await log.pushAll(owner, list, writer.updates.slice(pushed));
      for (let cursor = 0; cursor <= writer.updates.length; cursor += 8) {
        const pulled = await log.pull(owner, list, cursor);
        expect(viewOf([...writer.updates.slice(0, cursor), ...pulled.updates])).toEqual(writer.document.view);
      }
    },
  },
  {
    title: 'keeps the log that a snapshot stands for, and sends a phone whichever is less',
    prove: async (log, store) => {
      const { owner, list } = await log.ownList();
      const writer = new ListWriter();
      writer.create('Home');
      writer.addMany(40);
      const ids = writer.document.view.items.map(({ id }) => id);
      for (let turn = 0; writer.updates.length < 1_300; turn += 1) {
        writer.add(`item ${turn % 40}`, undefined);
        const id = ids[turn % 40];
        if (id !== undefined) writer.tick(id);
      }
      await log.pushAll(owner, list, writer.updates);
      const head = writer.updates.length;
      await expect(takeSnapshot(store.database, list, now)).resolves.toBeOneOf(['taken', 'stale']);
      expect(await storedSeqs(store, list)).toEqual(Array.from({ length: head }, (_, index) => 1 + index));
      const sizes: number[] = [];
      for (const cursor of [0, 1, head - 1_001, head - 1_000, head - 1]) {
        const pulled = await log.pull(owner, list, cursor);
        expect(pulled.head).toBe(head);
        expect(viewOf([...writer.updates.slice(0, cursor), ...pulled.updates])).toEqual(writer.document.view);
        sizes.push(pulled.updates.reduce((sum, { byteLength }) => sum + byteLength, 0));
      }
      const snapshotBytes = writer.document.encode().byteLength;
      expect(sizes.slice(0, 3).every((size) => size === snapshotBytes)).toBe(true);
      expect(sizes.at(-1)).toBeLessThan(200);
    },
  },
  {
    title: 'keeps the last snapshot of each day, and sends a phone only the last of all',
    prove: async (log, store) => {
      const { owner, list } = await log.ownList();
      const writer = new ListWriter();
      writer.create('Home');
      const days = ['2026-11-20T09:00Z', '2026-11-20T23:59Z', '2026-11-21T00:00Z', '2026-11-21T12:00Z'];
      for (const [index, day] of days.entries()) {
        writer.addMany(10, `day ${index}`);
        await log.pushAll(owner, list, writer.updates.slice(index === 0 ? 0 : 1 + 10 * index));
        expect(await takeSnapshot(store.database, list, new Date(day))).toBe('taken');
      }
      expect(await storedSnapshots(store, list)).toEqual([{ seq: 21 }, { seq: 41 }]);
      writer.add('after it');
      await log.pushAll(owner, list, writer.updates.slice(-1));
      const pulled = await log.pull(owner, list);
      expect(pulled.updates).toHaveLength(2);
      expect(viewOf(pulled.updates)).toEqual(writer.document.view);
    },
  },
  {
    title: 'keeps an update that overtook the one it builds on, until both are there',
    prove: async (log, store) => {
      const { owner, list } = await log.ownList();
      const writer = new ListWriter();
      const [first, second] = [writer.create('Home'), writer.add('milk')];
      await log.pushAll(owner, list, [second]);
      expect(await takeSnapshot(store.database, list, now)).toBe('taken');
      expect(await storedSnapshot(store, list)).toMatchObject({ seq: 1, left_out: [1] });
      await log.pushAll(owner, list, [first]);
      expect(viewOfAny((await log.pull(owner, list)).updates)).toEqual(writer.document.view);
      expect(await takeSnapshot(store.database, list, now)).toBe('taken');
      expect(await storedSnapshot(store, list)).toMatchObject({ seq: 2, left_out: [] });
      expect(viewOf((await log.pull(owner, list)).updates)).toEqual(writer.document.view);
    },
  },
  {
    title: 'takes one snapshot where several are begun at once, and none of nothing',
    prove: async (log, store) => {
      const { owner, list } = await log.ownList();
      expect(await takeSnapshot(store.database, list, now)).toBe('stale');
      await log.pushAll(owner, list, [new ListWriter().create('Home')]);
      const outcomes = await Promise.all([1, 2, 3].map(() => takeSnapshot(store.database, list, now)));
      expect(outcomes.toSorted()).toEqual(['stale', 'stale', 'taken']);
    },
  },
  {
    title: 'takes a snapshot by itself after two hundred updates',
    prove: async (log, store) => {
      const { owner, list } = await log.ownList();
      const writer = new ListWriter();
      writer.create('Home');
      writer.addMany(199);
      await log.pushAll(owner, list, writer.updates);
      await expect
        .poll(() => storedSnapshot(store, list), { timeout: 10_000 })
        .toMatchObject({ seq: 200, left_out: [] });
      const pulled = await log.pull(owner, list);
      expect(viewOf(pulled.updates)).toEqual(writer.document.view);
    },
  },
];

async function storedSeqs({ database }: StoreHarness, list: ListId): Promise<number[]> {
  const rows = await database.sql<{ seq: number }[]>`select seq from updates where list_id = ${list} order by seq`;
  return rows.map(({ seq }) => seq);
}

async function storedSnapshots({ database }: StoreHarness, list: ListId): Promise<unknown[]> {
  return [...(await database.sql`select seq from snapshots where list_id = ${list} order by seq`)];
}

async function storedSnapshot({ database }: StoreHarness, list: ListId): Promise<unknown> {
  const [row] = await database.sql`select seq, left_out from snapshots where list_id = ${list}`;
  return row;
}

/** As `viewOf`, for two updates of which the first builds on the second. */
function viewOfAny(updates: readonly Uint8Array[]): ListDocument['view'] {
  const document = new ListDocument();
  document.applyAll([...updates, ...updates], 'remote');
  return document.view;
}
