import { systemClock } from '@trolley/shared/protocol';
import { expect } from 'vitest';
import { createList, deleteLockedList } from '../lists/list-store.ts';
import { pruneHistory } from '../log/prune-history.ts';
import { takeSnapshot } from '../log/take-snapshot.ts';
import { readLogId } from '../store/log-id.ts';
import { ListWriter } from './list-writer.ts';
import { countRows } from './log-history-rules.ts';
import type { StoreRule } from './log-store-contract.ts';
import { codeOf } from './log-under-test.ts';

/** What the tables of a restored store remember of that. */
export const restoredStoreRules: readonly StoreRule[] = [
  {
    title: 'keeps, whatever it forgets, what a restored backup had',
    prove: async (log, store) => {
      const { owner, list } = await log.ownList();
      const writer = new ListWriter();
      await log.pushAll(owner, list, [writer.create('Home'), ...writer.addMany(3)]);
      const restore = await store.backUp(list);
      const { epoch: lost } = await store.rollOver(list);
      const phone = await log.newPhone(owner, list);
      phone.remove(phone.idOf('item 1'));
      const lostLog = await store.logId();
      await restore();
      await log.pushAll(owner, list, [writer.add('since')]);
      await takeSnapshot(store.database, list, new Date(0));
      await pruneHistory(store.database, list, new Date(0));
      expect(await countRows(store, list)).toEqual({ updates: 0, snapshots: 2 });
      const whole = log.pushBack(owner, list, phone.document, lost, lostLog);
      expect((await log.service.append([whole])).map(codeOf)).toEqual(['ok']);
      expect((await log.newPhone(owner, list)).names).toEqual(['item 0', 'item 2', 'since']);
    },
  },
  {
    title: 'takes back a list that a restored backup did not have',
    prove: async (log, store) => {
      await store.database.sql`update store_identity set restored_at = null`;
      const { owner, list } = await log.ownList();
      const { list: other } = await log.ownList();
      const restore = await store.backUp(other);
      await log.pushAll(owner, list, [new ListWriter().create('Home')]);
      const { epoch: lost } = await store.rollOver(list);
      const phone = await log.newPhone(owner, list);
      phone.addMany(2);
      await store.database.transaction((sql) => deleteLockedList(sql, list));
      await restore();
      await createList(store.database, list, owner, new Date(systemClock.nowMs()));
      const outcomes = await log.service.append([log.pushBack(owner, list, phone.document, lost)]);
      expect(outcomes).toMatchObject([{ ok: true, value: { seq: 2 }, isCarried: true }]);
      expect((await log.newPhone(owner, list)).names).toEqual(['item 0', 'item 1']);
      expect((await store.rollOver(list)).epoch).toBeGreaterThan(lost);
    },
  },
  {
    title: 'names the log anew when it is restored, and only then',
    prove: async (log, { database, backUp, rollOver }) => {
      const { owner, list } = await log.ownList();
      await log.pushAll(owner, list, [new ListWriter().create('Home')]);
      const name = await readLogId(database);
      expect(name).toMatch(/^[0-9A-Za-z]{8}$/);
      const restore = await backUp(list);
      await rollOver(list);
      expect(await readLogId(database)).toBe(name);
      await restore();
      expect(await readLogId(database)).not.toBe(name);
    },
  },
];
