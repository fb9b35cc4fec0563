import { expect } from 'vitest';
import type { EpochRule } from './log-epoch-contract.ts';
import { ListWriter } from './list-writer.ts';
import { codeOf } from './log-under-test.ts';

/** What becomes of edits that a restored store has lost, and that phones bring back. */
export const restoreRules: readonly EpochRule[] = [
  {
    title: 'takes a whole document of the epoch that was restored like every other update',
    prove: async (log, { backUp }) => {
      const { owner, list } = await log.ownList();
      const phone = new ListWriter();
      await log.pushAll(owner, list, [phone.create('Home'), phone.add('milk')]);
      const restore = await backUp(list);
      await log.pushAll(owner, list, [phone.add('bread')]);
      await restore();
      expect((await log.newPhone(owner, list)).names).toEqual(['milk']);
      const [outcome] = await log.service.append([log.pushBack(owner, list, phone.document, 0)]);
      expect(outcome).toEqual({ ok: true, value: { epoch: 0, seq: 3 } });
      expect((await log.newPhone(owner, list)).names).toEqual(['bread', 'milk']);
    },
  },
  {
    title: 'answers a phone of an epoch that is lost with all of the current one, whatever its cursor',
    prove: async (log, { backUp, rollOver }) => {
      const { owner, list } = await log.ownList();
      const phone = new ListWriter();
      await log.pushAll(owner, list, [phone.create('Home'), phone.add('milk')]);
      const restore = await backUp(list);
      const lost = await rollOver(list);
      await restore();
      const all = await log.pull(owner, list, 0, 0);
      expect(await log.pull(owner, list, 0, lost.epoch)).toEqual(all);
      expect(await log.pull(owner, list, lost.seq, lost.epoch)).toEqual(all);
    },
  },
  {
    title: 'brings back by whole documents what was done in an epoch that is lost, and keeps what happened since',
    prove: async (log, { backUp, logId, rollOver }) => {
      const { owner, list } = await log.ownList();
      const phone = new ListWriter();
      await log.pushAll(owner, list, [phone.create('Home'), ...phone.addMany(4)]);
      const restore = await backUp(list);
      const { epoch: lost } = await rollOver(list);
      const mine = await log.newPhone(owner, list);
      mine.tick(mine.idOf('item 0'));
      mine.remove(mine.idOf('item 1'));
      mine.add('mine');
      await log.pushAll(owner, list, mine.updates, lost);
      const other = await log.newPhone(owner, list);
      const lostLog = await logId();
      await restore();

      const since = await log.newPhone(owner, list);
      since.add('since');
      since.remove(since.idOf('item 3'));
      await log.pushAll(owner, list, since.updates, 0);
      const whole = log.pushBack(owner, list, mine.document, lost, lostLog);
      const [healed] = await log.service.append([whole]);
      expect(healed).toMatchObject({ ok: true, isCarried: true });
      expect((await log.newPhone(owner, list)).names).toEqual(['item 0+', 'item 2', 'mine', 'since']);
      expect(await log.service.append([whole])).toEqual([healed]);

      other.add('other');
      const heal = log.pushBack(owner, list, other.document, lost, lostLog);
      expect((await log.service.append([heal])).map(codeOf)).toEqual(['ok']);
      expect((await log.newPhone(owner, list)).names).toEqual(['item 0+', 'item 2', 'mine', 'other', 'since']);
    },
  },
  {
    title: 'never gives an epoch a number that phones know from the time that is lost, be it restored twice',
    prove: async (log, { backUp, rollOver }) => {
      const { owner, list } = await log.ownList();
      await log.pushAll(owner, list, [new ListWriter().create('Home')]);
      const restore = await backUp(list);
      const lost = [(await rollOver(list)).epoch, (await rollOver(list)).epoch];
      await restore();
      const { epoch, seq } = await rollOver(list);
      expect(seq).toBe(2);
      expect(lost).not.toContain(epoch);
      expect(epoch).toBeGreaterThan(Math.max(...lost));
      expect((await rollOver(list)).epoch).toBe(epoch + 1);
    },
  },
  {
    title: 'takes nothing less than a whole document of an epoch that is lost',
    prove: async (log, { backUp, rollOver }) => {
      const { owner, list } = await log.ownList();
      const viewer = await log.createUser();
      await log.setRole(list, viewer, 'viewer');
      await log.pushAll(owner, list, [new ListWriter().create('Home')]);
      const restore = await backUp(list);
      const { epoch: lost } = await rollOver(list);
      const mine = await log.newPhone(owner, list);
      const edit = mine.add('mine');
      await restore();
      const outcomes = await log.service.append([
        log.push(owner, list, edit, lost),
        { ...log.pushBack(owner, list, mine.document, lost), update: edit },
        { ...log.pushBack(owner, list, mine.document, lost), lostLog: undefined },
        log.pushBack(viewer, list, mine.document, lost),
        log.pushBack(owner, list, mine.document, lost),
        log.push(owner, list, mine.add('more'), lost),
      ]);
      expect(outcomes.map(codeOf)).toEqual(['epoch-ahead', 'update-rejected', 'epoch-ahead', 'forbidden', 'ok', 'ok']);
      expect((await log.newPhone(owner, list)).names).toEqual(['mine', 'more']);
    },
  },
];
