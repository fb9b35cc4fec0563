import { systemClock, type ListId } from '@trolley/shared/protocol';
import { expect } from 'vitest';
import { rollOverIfDue } from '../log/roll-over.ts';
import { ListWriter } from './list-writer.ts';
import type { StoreHarness } from './log-harness.ts';
import type { StoreRule } from './log-store-contract.ts';
import { codeOf, seqOf } from './log-under-test.ts';
import { untilSomebodyWaits } from './until-somebody-waits.ts';

const dayMs = 24 * 60 * 60 * 1000;
const inDays = (days: number) => new Date(systemClock.nowMs() + days * dayMs);

/** How an epoch ends: all at once or not at all, once, and with nothing missing. */
export const rolloverRules: readonly StoreRule[] = [
  {
    title: 'ends an epoch when it is due, and not before',
    prove: async (log, { database }) => {
      const { owner, list } = await log.ownList();
      expect(await rollOverIfDue(database, list, inDays(400))).toBeNull();
      await log.pushAll(owner, list, [new ListWriter().create('Home')]);
      expect(await rollOverIfDue(database, list, inDays(181))).toBeNull();
      expect(await rollOverIfDue(database, list, inDays(183))).toEqual({ epoch: 1, seq: 2 });
      expect(await rollOverIfDue(database, list, inDays(183))).toBeNull();
      expect(await rollOverIfDue(database, list, inDays(366))).toEqual({ epoch: 2, seq: 3 });
    },
  },
  {
    title: 'ends an epoch of too many client ids, whatever its age',
    prove: async (log, { database }) => {
      const { owner, list } = await log.ownList();
      const writer = new ListWriter();
      writer.create('Home');
      for (let page = 1; page < 700; page += 1) {
        writer.document.renewClientId(page);
        writer.add(`item ${page % 50}`, `note ${page}`);
      }
      await log.pushAll(owner, list, writer.updates.slice(0, -1));
      expect(await rollOverIfDue(database, list, inDays(0))).toBeNull();
      await log.pushAll(owner, list, writer.updates.slice(-1));
      expect(await rollOverIfDue(database, list, inDays(0))).toEqual({ epoch: 1, seq: 701 });
      expect((await log.newPhone(owner, list)).document.stats().clientIds).toBe(1);
    },
  },
  {
    title: 'ends an epoch once where several nodes try at the same time',
    prove: async (log, { database }) => {
      const { owner, list } = await log.ownList();
      await log.pushAll(owner, list, [new ListWriter().create('Home')]);
      const heads = await Promise.all([1, 2, 3, 4].map(() => rollOverIfDue(database, list, inDays(183))));
      expect(heads.filter((head) => head !== null)).toEqual([{ epoch: 1, seq: 2 }]);
    },
  },
  {
    title: 'leaves everything as it was where it fails half-way',
    prove: async (log, store) => {
      const { owner, list } = await log.ownList();
      await log.pushAll(owner, list, [new ListWriter().create('Home')]);
      await store.database.sql`update lists set next_epoch = 2147483647 where list_id = ${list}`;
      const before = await storedState(store, list);
      await expect(rollOverIfDue(store.database, list, inDays(183))).rejects.toThrow('out of range');
      expect(await storedState(store, list)).toEqual(before);
      await store.database.sql`update lists set next_epoch = 1 where list_id = ${list}`;
    },
  },
  {
    title: 'loses nothing that is appended meanwhile, in whichever epoch it lands',
    prove: async (log, { database }) => {
      const { owner, list } = await log.ownList();
      await log.pushAll(owner, list, [new ListWriter().create('Home')]);
      const pulled = await log.pull(owner, list);
      const pushes: Promise<unknown>[] = [];
      for (let index = 0; index < 120; index += 1) {
        const edit = new ListWriter(pulled).add(`item ${index}`);
        pushes.push(log.pushOne(owner, list, edit).then(seqOf));
        if (index % 40 === 20) pushes.push(rollOverIfDue(database, list, inDays(183 * (1 + index))));
      }
      await Promise.all(pushes);
      const phone = await log.newPhone(owner, list);
      expect(phone.document.epoch).toBeGreaterThanOrEqual(1);
      expect(phone.names).toEqual(Array.from({ length: 120 }, (_, index) => `item ${index}`).toSorted());
    },
  },
  {
    title: 'seals what could not be applied yet along with the epoch, and brings it over when what it builds on comes',
    prove: async (log, { rollOver }) => {
      const { owner, list } = await log.ownList();
      const writer = new ListWriter();
      await log.pushAll(owner, list, [writer.create('Home')]);
      const [milk, tick] = [writer.add('milk'), writer.tick(writer.idOf('milk'))];
      await log.pushAll(owner, list, [tick]);
      await rollOver(list);
      expect((await log.newPhone(owner, list)).names).toEqual([]);
      expect(codeOf(await log.pushOne(owner, list, milk))).toBe('ok');
      expect((await log.newPhone(owner, list)).names).toEqual(['milk+']);
    },
  },
  {
    title: 'refuses a late edit that waited while its author lost the role',
    prove: async (log, store) => {
      const { owner, list } = await log.ownList();
      const member = await log.createUser();
      await log.setRole(list, member, 'editor');
      const writer = new ListWriter();
      await log.pushAll(owner, list, [writer.create('Home')]);
      const head = await store.rollOver(list);
      const locked = Promise.withResolvers<undefined>();
      const edit = Promise.withResolvers<undefined>();
      const revocation = store.database.transaction(async (sql) => {
        await sql`select from lists where list_id = ${list} for update`;
        locked.resolve(undefined);
        await edit.promise;
        await sql`delete from members where list_id = ${list} and user_id = ${member}`;
      });
      await locked.promise;
      const outcome = log.pushOne(member, list, writer.add('milk'));
      await untilSomebodyWaits(store);
      edit.resolve(undefined);
      await revocation;
      expect(codeOf(await outcome)).toBe('not-found');
      expect(await log.service.heads([list])).toEqual(new Map([[list, head]]));
    },
  },
];

async function storedState({ database }: StoreHarness, list: ListId): Promise<unknown[]> {
  const [place] = await database.sql`select * from lists where list_id = ${list}`;
  const [counts] = await database.sql`
    select (select count(*) from updates where list_id = ${list}) as updates,
      (select count(*) from snapshots where list_id = ${list}) as snapshots,
      (select count(*) from sealed_epochs where list_id = ${list}) as sealed`;
  return [place, counts];
}
