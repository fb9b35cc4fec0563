import { expect } from 'vitest';
import type { EpochRule } from './log-epoch-contract.ts';
import { ListWriter, viewOf } from './list-writer.ts';
import { codeOf, seqOf } from './log-under-test.ts';

/** What a new epoch changes, and what becomes of edits that are made in one that has ended. */
export const epochRules: readonly EpochRule[] = [
  {
    title: 'begins an epoch with one update that holds the list as it is, and numbers on',
    prove: async (log, { rollOver }) => {
      const { owner, list } = await log.ownList();
      const writer = new ListWriter();
      writer.create('Home');
      writer.addMany(20);
      await log.pushAll(owner, list, writer.updates);
      expect(await rollOver(list)).toEqual({ epoch: 1, seq: 22 });
      expect(await log.service.heads([list])).toEqual(new Map([[list, { epoch: 1, seq: 22 }]]));
      for (const cursor of [0, 1, 21, 22]) {
        const pulled = await log.pull(owner, list, cursor);
        expect(pulled).toMatchObject({ epoch: 1, head: 22 });
        expect(viewOf(pulled.updates)).toEqual(writer.document.view);
      }
      expect(await log.pull(owner, list, 22, 1)).toMatchObject({ epoch: 1, head: 22, updates: [] });
      const phone = await log.newPhone(owner, list);
      expect(seqOf(await log.pushOne(owner, list, phone.add('next'), 1))).toBe(23);
    },
  },
  {
    title: 'brings a phone of the new epoch from every cursor to the head, and one of the old epoch too',
    prove: async (log, { rollOver }) => {
      const { owner, list } = await log.ownList();
      const writer = new ListWriter();
      writer.create('Home');
      writer.addMany(9);
      await log.pushAll(owner, list, writer.updates);
      await rollOver(list);
      const seeded = (await log.pull(owner, list)).updates;
      const phone = await log.newPhone(owner, list);
      phone.addMany(10, 'later');
      await log.pushAll(owner, list, phone.updates, 1);
      for (let behind = 0; behind <= 10; behind += 1) {
        const pulled = await log.pull(owner, list, 21 - behind, 1);
        expect(viewOf([...seeded, ...phone.updates.slice(0, 10 - behind), ...pulled.updates])).toEqual(
          phone.document.view,
        );
      }
      for (const [cursor, epoch] of [[0, 0] as const, [10, 0] as const, [0, 1] as const, [5, 1] as const]) {
        expect(viewOf((await log.pull(owner, list, cursor, epoch)).updates)).toEqual(phone.document.view);
      }
    },
  },
  {
    title: 'carries an edit of a sealed epoch over into the current one, and only once',
    prove: async (log, { rollOver }) => {
      const { owner, list } = await log.ownList();
      const late = new ListWriter();
      late.create('Home');
      late.addMany(3);
      await log.pushAll(owner, list, late.updates);
      const tick = late.tick(late.idOf('item 1'));
      await rollOver(list);
      const outcome = await log.pushOne(owner, list, tick);
      expect(outcome).toEqual({ ok: true, value: { epoch: 1, seq: 6 }, isCarried: true });
      expect(await log.pushOne(owner, list, tick)).toEqual(outcome);
      const phone = await log.newPhone(owner, list);
      expect(phone.names).toEqual(['item 0', 'item 1+', 'item 2']);
      phone.remove(phone.idOf('item 1'));
      await log.pushAll(owner, list, phone.updates, 1);
      expect(await log.pushOne(owner, list, tick)).toEqual({
        ok: true,
        value: { epoch: 1, seq: 7 },
        isCarried: true,
      });
      expect((await log.newPhone(owner, list)).names).toEqual(['item 0', 'item 2']);
    },
  },
  {
    title: 'answers late edits one by one in their order, beside those of the current epoch',
    prove: async (log, { rollOver }) => {
      const { owner, list } = await log.ownList();
      const [viewer, stranger] = [await log.createUser(), await log.createUser()];
      await log.setRole(list, viewer, 'viewer');
      const late = new ListWriter();
      await log.pushAll(owner, list, [late.create('Home')]);
      const [first, second, missing, third] = [late.add('one'), late.add('two'), late.add('gap'), late.add('three')];
      await rollOver(list);
      const phone = await log.newPhone(owner, list);
      const outcomes = await log.service.append([
        log.push(owner, list, first),
        log.push(owner, list, phone.add('current'), 1),
        log.push(viewer, list, second),
        log.push(stranger, list, second),
        log.push(owner, list, second),
        log.push(owner, list, third),
        log.push(owner, list, Uint8Array.of(1, 2, 3)),
        log.push(owner, list, second, 7),
      ]);
      expect(missing.byteLength).toBeGreaterThan(0);
      expect(outcomes.map(codeOf)).toEqual([
        'ok',
        'ok',
        'forbidden',
        'not-found',
        'ok',
        'update-rejected',
        'update-rejected',
        'epoch-ahead',
      ]);
      expect([outcomes[1], outcomes[0], outcomes[4]].map(seqOf)).toEqual([3, 4, 5]);
      expect((await log.newPhone(owner, list)).names).toEqual(['current', 'one', 'two']);
    },
  },
  {
    title: 'takes a whole document of a sealed epoch, and what comes after it',
    prove: async (log, { rollOver }) => {
      const { owner, list } = await log.ownList();
      const late = new ListWriter();
      await log.pushAll(owner, list, [late.create('Home')]);
      late.addMany(3);
      await rollOver(list);
      const whole = { ...log.push(owner, list, late.document.encode()), isBulk: true };
      expect((await log.service.append([whole])).map(codeOf)).toEqual(['ok']);
      expect(codeOf(await log.pushOne(owner, list, late.tick(late.idOf('item 2'))))).toBe('ok');
      expect((await log.newPhone(owner, list)).names).toEqual(['item 0', 'item 1', 'item 2+']);
    },
  },
  {
    title: 'carries an edit over several epochs at once, from phones that were away for different times',
    prove: async (log, { rollOver }) => {
      const { owner, list } = await log.ownList();
      const oldest = new ListWriter();
      await log.pushAll(owner, list, [oldest.create('Home'), oldest.add('milk')]);
      await rollOver(list);
      const old = await log.newPhone(owner, list);
      await rollOver(list);
      await rollOver(list);
      const current = await log.newPhone(owner, list);
      await log.pushAll(owner, list, [current.add('bread')], 3);
      expect(await log.pushOne(owner, list, oldest.add('ham'), 0)).toMatchObject({
        value: { epoch: 3 },
        isCarried: true,
      });
      expect(await log.pushOne(owner, list, old.tick(old.idOf('milk')), 1)).toMatchObject({ isCarried: true });
      expect(await log.pushOne(owner, list, oldest.add('jam'), 0)).toMatchObject({ isCarried: true });
      expect((await log.newPhone(owner, list)).names).toEqual(['bread', 'ham', 'jam', 'milk+']);
    },
  },
  {
    title: 'knows no epoch that the list has never been in, be it by a whole document',
    prove: async (log, { rollOver }) => {
      const { owner, list } = await log.ownList();
      const writer = new ListWriter();
      await log.pushAll(owner, list, [writer.create('Home')]);
      await rollOver(list);
      const outcomes = await log.service.append([
        log.push(owner, list, writer.add('milk'), 5),
        { ...log.push(owner, list, writer.document.encode(), 5), isBulk: true },
        log.push(owner, list, writer.last(), Number.MAX_SAFE_INTEGER),
      ]);
      expect(outcomes.map(codeOf)).toEqual(['epoch-ahead', 'epoch-ahead', 'epoch-ahead']);
      await expect(log.pull(owner, list, 0, Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({ code: 'epoch-ahead' });
    },
  },
];
