import { randomBytes } from 'node:crypto';
import { createListId } from '@trolley/shared/protocol';
import { expect } from 'vitest';
import { ListWriter, viewOf } from './list-writer.ts';
import { seqOf, type LogRule } from './log-under-test.ts';

/** What every log keeps to when it is read. */
export const readingRules: readonly LogRule[] = [
  {
    title: 'speaks of a list that one is no member of exactly as of none',
    prove: async (log) => {
      const { list } = await log.ownList();
      const stranger = await log.createUser();
      const update = new ListWriter().create('Home');
      const [foreign, unknown] = await log.service.append([
        log.push(stranger, list, update),
        log.push(stranger, createListId(randomBytes), update),
      ]);
      expect(foreign).toEqual(unknown);
      const refusals = [list, createListId(randomBytes)].map((id) => log.pull(stranger, id));
      const [first, second] = await Promise.allSettled(refusals);
      expect(first).toMatchObject({ status: 'rejected', reason: { code: 'not-found' } });
      expect(second).toEqual(first);
    },
  },
  {
    title: 'brings a client from every cursor to the head',
    prove: async (log) => {
      const { owner, list } = await log.ownList();
      const writer = new ListWriter();
      writer.create('Home');
      writer.addMany(30);
      for (const update of writer.updates) await log.service.append([log.push(owner, list, update)]);
      for (let cursor = 0; cursor <= writer.updates.length; cursor += 3) {
        const pulled = await log.pull(owner, list, cursor);
        expect(pulled.head).toBe(31);
        expect(viewOf([...writer.updates.slice(0, cursor), ...pulled.updates])).toEqual(writer.document.view);
      }
    },
  },
  {
    title: 'sends nothing when there is nothing new, and its head to a cursor that is ahead of it',
    prove: async (log) => {
      const { owner, list } = await log.ownList();
      expect(await log.pull(owner, list)).toEqual({ role: 'owner', epoch: 0, head: 0, updates: [] });
      await log.service.append([log.push(owner, list, new ListWriter().create('Home'))]);
      expect(await log.pull(owner, list, 1)).toEqual({ role: 'owner', epoch: 0, head: 1, updates: [] });
      expect(await log.pull(owner, list, 9)).toEqual({ role: 'owner', epoch: 0, head: 1, updates: [] });
    },
  },
  {
    title: 'takes an update again, as a phone sends it that missed the answer: the document stays the same',
    prove: async (log) => {
      const { owner, list } = await log.ownList();
      const writer = new ListWriter();
      const update = writer.create('Home');
      const outcomes = [
        ...(await log.service.append([log.push(owner, list, update)])),
        ...(await log.service.append([log.push(owner, list, update), log.push(owner, list, update)])),
      ];
      expect(outcomes.map(seqOf)).toEqual([1, 2, 3]);
      expect(viewOf((await log.pull(owner, list)).updates)).toEqual(writer.document.view);
    },
  },
  {
    title: 'tells the heads of many lists at once, and the roles of many seats in their order',
    prove: async (log) => {
      const [mine, foreign] = [await log.ownList(), await log.ownList()];
      const unknown = createListId(randomBytes);
      await log.setRole(mine.list, foreign.owner, 'viewer');
      await log.pushAll(mine.owner, mine.list, [new ListWriter().create('Home')]);
      const seats = [
        { list: mine.list, userId: foreign.owner },
        { list: unknown, userId: mine.owner },
        { list: mine.list, userId: mine.owner },
        { list: foreign.list, userId: mine.owner },
        { list: mine.list, userId: mine.owner },
      ];
      expect(await log.service.roles(seats)).toEqual(['viewer', null, 'owner', null, 'owner']);
      expect(await log.service.roles([])).toEqual([]);
      expect(await log.service.heads([foreign.list, unknown, mine.list])).toEqual(
        new Map([
          [foreign.list, { epoch: 0, seq: 0 }],
          [mine.list, { epoch: 0, seq: 1 }],
        ]),
      );
    },
  },
];
