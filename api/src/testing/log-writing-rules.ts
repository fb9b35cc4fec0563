import { randomBytes } from 'node:crypto';
import { createListId, type ListId } from '@trolley/shared/protocol';
import { expect } from 'vitest';
import { ListWriter } from './list-writer.ts';
import { codeOf, seqOf, type LogRule } from './log-under-test.ts';

/** What every log keeps to when it is written to. */
export const writingRules: readonly LogRule[] = [
  {
    title: 'numbers each list 1, 2, 3 … without gaps under concurrent batches, in the order of each batch',
    prove: async (log) => {
      const lists = [await log.ownList(), await log.ownList(), await log.ownList()];
      const writer = new ListWriter();
      const seen = new Map<ListId, number[]>(lists.map(({ list }) => [list, []]));
      const batches = Array.from({ length: 20 }, (_, batch) =>
        lists.flatMap(({ owner, list }, index) =>
          writer.addMany(1 + ((batch + index) % 3), `${batch}/${index}`).map((update) => log.push(owner, list, update)),
        ),
      );
      await Promise.all(
        batches.map(async (batch) => {
          const outcomes = await log.service.append(batch);
          for (const { list } of lists) {
            const seqs = outcomes.filter((_, index) => batch[index]?.list === list).map(seqOf);
            expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
            seen.get(list)?.push(...seqs);
          }
        }),
      );
      for (const [list, seqs] of seen) {
        expect(seqs.toSorted((a, b) => a - b)).toEqual(seqs.map((_, index) => index + 1));
        expect((await log.service.heads([list])).get(list)).toEqual({ epoch: 0, seq: seqs.length });
      }
    },
  },
  {
    title: 'answers a batch append by append; one that is refused takes no number and stops no other',
    prove: async (log) => {
      const { owner, list } = await log.ownList();
      const foreign = await log.ownList();
      const viewer = await log.createUser();
      await log.setRole(list, viewer, 'viewer');
      const writer = new ListWriter();
      const batch = [
        log.push(owner, list, writer.create('Home')),
        log.push(owner, list, Uint8Array.of(1, 2, 3)),
        log.push(owner, foreign.list, writer.add('milk')),
        log.push(owner, createListId(randomBytes), writer.last()),
        log.push(viewer, list, writer.last()),
        { ...log.push(owner, list, writer.last()), epoch: 7 },
        log.push(owner, list, writer.last()),
      ];
      const outcomes = await log.service.append(batch);
      expect(outcomes.map(codeOf)).toEqual([
        'ok',
        'update-rejected',
        'not-found',
        'not-found',
        'forbidden',
        'epoch-ahead',
        'ok',
      ]);
      expect([outcomes[0], outcomes[6]].map(seqOf)).toEqual([1, 2]);
      const heads = await log.service.heads([list, foreign.list, createListId(randomBytes)]);
      expect(Object.fromEntries(heads)).toEqual({
        [list]: { epoch: 0, seq: 2 },
        [foreign.list]: { epoch: 0, seq: 0 },
      });
    },
  },
  {
    title: 'takes a batch of whole documents, more bytes than go to a database at once',
    prove: async (log) => {
      const { owner, list } = await log.ownList();
      const viewer = await log.createUser();
      await log.setRole(list, viewer, 'viewer');
      const writer = new ListWriter();
      writer.create('Home');
      for (let index = 0; index < 300; index += 1) writer.add(`item ${index}`, 'n'.repeat(490));
      const update = writer.document.encode();
      const users = Array.from({ length: 40 }, (_, index) => (index % 10 === 9 ? viewer : owner));
      const outcomes = await log.service.append(
        users.map((userId) => ({ ...log.push(userId, list, update), isBulk: true })),
      );
      expect(update.byteLength * users.length).toBeGreaterThan(5_000_000);
      const numbered = outcomes.filter(({ ok }) => ok);
      expect(numbered.map(seqOf)).toEqual(Array.from({ length: 36 }, (_, index) => index + 1));
      expect(outcomes.map(codeOf)).toEqual(users.map((user) => (user === viewer ? 'forbidden' : 'ok')));
    },
  },
  {
    title: 'answers an empty batch, and heads of nothing',
    prove: async (log) => {
      expect(await log.service.append([])).toEqual([]);
      expect(await log.service.heads([])).toEqual(new Map());
    },
  },
  {
    title: 'lets owners and editors write and viewers read, until the role is taken away',
    prove: async (log) => {
      const { owner, list } = await log.ownList();
      const member = await log.createUser();
      const writer = new ListWriter();
      await log.service.append([log.push(owner, list, writer.create('Home'))]);
      const attempt = async () => codeOf(await log.pushOne(member, list, writer.last()));
      await log.setRole(list, member, 'editor');
      expect(await attempt()).toBe('ok');
      expect((await log.pull(member, list)).role).toBe('editor');
      await log.setRole(list, member, 'viewer');
      expect(await attempt()).toBe('forbidden');
      expect(await log.pull(member, list)).toMatchObject({ role: 'viewer', head: 2 });
      await log.setRole(list, member, null);
      expect(await attempt()).toBe('not-found');
      await expect(log.pull(member, list)).rejects.toMatchObject({ code: 'not-found' });
    },
  },
];
