import { expect } from 'vitest';
import type { StoreRule } from './log-store-contract.ts';
import { codeOf, seqOf } from './log-under-test.ts';
import { ListWriter } from './list-writer.ts';
import { untilSomebodyWaits } from './until-somebody-waits.ts';

/** What holds however many transactions run at once. */
export const concurrencyRules: readonly StoreRule[] = [
  ...[1, 2].map((size): StoreRule => ({
    title: `refuses an append that waited while its author lost the role, in a batch of ${size}`,
    prove: async (log, store) => {
      const { list } = await log.ownList();
      const other = await log.ownList();
      const member = await log.createUser();
      await log.setRole(list, member, 'editor');
      const update = new ListWriter().create('Home');
      const batch = [log.push(member, list, update), log.push(other.owner, other.list, update)].slice(0, size);
      const locked = Promise.withResolvers<undefined>();
      const append = Promise.withResolvers<undefined>();
      const revocation = store.database.transaction(async (sql) => {
        await sql`select from lists where list_id = ${list} for update`;
        locked.resolve(undefined);
        await append.promise;
        await sql`delete from members where list_id = ${list} and user_id = ${member}`;
      });
      await locked.promise;
      const outcomes = log.service.append(batch);
      await untilSomebodyWaits(store);
      append.resolve(undefined);
      await revocation;
      expect((await outcomes).map(codeOf)).toEqual(['not-found', 'ok'].slice(0, size));
      expect(await log.service.heads([list])).toEqual(new Map([[list, { epoch: 0, seq: 0 }]]));
    },
  })),
  {
    title: 'never takes an append after a revocation was answered, whoever comes first',
    prove: async (log) => {
      const { list } = await log.ownList();
      const writer = new ListWriter();
      writer.create('Home');
      for (let round = 0; round < 20; round += 1) {
        const member = await log.createUser();
        await log.setRole(list, member, 'editor');
        const appends = writer.addMany(5, `round ${round}`).map((update) => log.pushOne(member, list, update));
        await log.setRole(list, member, null);
        const late = await log.pushOne(member, list, writer.last());
        expect(codeOf(late)).toBe('not-found');
        const codes = (await Promise.all(appends)).map(codeOf);
        expect(codes.filter((code) => code !== 'ok' && code !== 'not-found')).toEqual([]);
      }
    },
  },
  {
    title: 'leaves no gap where a batch fails as a whole',
    prove: async (log, store) => {
      const { owner, list } = await log.ownList();
      const update = new ListWriter().create('Home');
      expect(seqOf(await log.pushOne(owner, list, update))).toBe(1);
      const failing = store.database.transaction(async (sql) => {
        await sql`update lists set head = head + 1 where list_id = ${list}`;
        throw new Error('the process dies here');
      });
      await expect(failing).rejects.toThrow('the process dies here');
      expect(seqOf(await log.pushOne(owner, list, update))).toBe(2);
    },
  },
  {
    title: 'takes batches that name the same lists in every order, without a deadlock',
    prove: async (log) => {
      const owner = await log.createUser();
      const lists = await Promise.all([1, 2, 3, 4, 5].map(() => log.ownList()));
      for (const { list } of lists) await log.setRole(list, owner, 'editor');
      const update = new ListWriter().create('Home');
      const batches = Array.from({ length: 30 }, (_, turn) => {
        const turned = [...lists.slice(turn % 5), ...lists.slice(0, turn % 5)];
        return (turn % 2 === 0 ? turned : turned.toReversed()).map(({ list }) => log.push(owner, list, update));
      });
      const outcomes = await Promise.all(batches.map((batch) => log.service.append(batch)));
      expect(outcomes.flat().map(codeOf)).toEqual(Array.from({ length: 150 }, () => 'ok'));
    },
  },
];
