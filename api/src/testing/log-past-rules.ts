import type { Append, ListId, UserId } from '@trolley/shared/protocol';
import { expect } from 'vitest';
import type { EpochRule } from './log-epoch-contract.ts';
import type { EpochHarness } from './log-harness.ts';
import { ListWriter } from './list-writer.ts';
import { codeOf, type LogUnderTest } from './log-under-test.ts';

/** What is told of lost epochs, and comes again of them, by what they have had of each other: within one minute no stamp would tell. */
export const pastRules: readonly EpochRule[] = [
  {
    title: 'keeps what had reached a lost epoch late, where the later one that is told never had it',
    prove: async (log, harness) => {
      const { owner, list, early, later, restore } = await liveOn(log, harness);
      await log.pushAll(owner, list, [early.add('jam')]);
      const back = await restore();
      expect((await log.service.append([back(later), back(early)])).map(codeOf)).toEqual(['ok', 'ok']);
      expect((await log.newPhone(owner, list)).names).toEqual(['bread', 'jam', 'milk']);
    },
  },
  {
    title: 'removes what a lost epoch had removed, of an edit that has come again before that is told',
    prove: async (log, harness) => {
      const { owner, list, early, later, restore } = await liveOn(log, harness);
      await log.pushAll(owner, list, [later.remove(later.idOf('bread'))], later.document.epoch);
      const back = await restore();
      await log.pushAll(owner, list, early.updates);
      expect((await log.newPhone(owner, list)).names).toEqual(['bread', 'milk']);
      expect((await log.service.append([back(later)])).map(codeOf)).toEqual(['ok']);
      expect((await log.newPhone(owner, list)).names).toEqual(['milk']);
    },
  },
  {
    title: 'keeps off what was removed late, though a later lost epoch is told then that never had that',
    prove: async (log, harness) => {
      const { owner, list, early, later, restore } = await liveOn(log, harness);
      early.remove(early.idOf('bread'));
      const back = await restore();
      await log.pushAll(owner, list, early.updates);
      expect((await log.service.append([back(later)])).map(codeOf)).toEqual(['ok']);
      expect((await log.newPhone(owner, list)).names).toEqual(['milk']);
    },
  },
  {
    title:
      'keeps what somebody has put on the list again in a later lost epoch, though the removal before it comes again',
    prove: async (log, harness) => {
      const { owner, list, early, restore } = await liveOn(log, harness);
      const before = early.document.encode();
      const removal = early.remove(early.idOf('bread'));
      await log.pushAll(owner, list, [removal]);
      const again = await log.newPhone(owner, list);
      await log.pushAll(owner, list, [again.add('bread')], again.document.epoch);
      const back = await restore();
      const told = [back(again), { ...back(early), update: before }];
      expect((await log.service.append(told)).map(codeOf)).toEqual(['ok', 'ok']);
      expect(codeOf(await log.pushOne(owner, list, removal))).toBe('ok');
      expect((await log.newPhone(owner, list)).names).toEqual(['bread', 'milk']);
    },
  },
  {
    title: 'keeps what a lost epoch had put on the list again, though the removal before it comes again',
    prove: async (log, harness) => {
      const { owner, list, early, later, restore } = await liveOn(log, harness);
      const before = early.document.encode();
      const again = [early.remove(early.idOf('bread')), early.add('bread')];
      await log.pushAll(owner, list, again);
      const whole = await log.newPhone(owner, list);
      const back = await restore();
      const told = [{ ...back(early), update: before }, back(whole)];
      expect((await log.service.append(told)).map(codeOf)).toEqual(['ok', 'ok']);
      for (const update of again) expect(codeOf(await log.pushOne(owner, list, update))).toBe('ok');
      expect((await log.newPhone(owner, list)).names).toEqual(['bread', 'milk']);
      expect((await log.service.append([back(later)])).map(codeOf)).toEqual(['ok']);
      expect((await log.newPhone(owner, list)).names).toEqual(['bread', 'milk']);
    },
  },
  {
    title:
      'keeps off what was removed of a restored epoch, though what it was brought from comes again before that is told',
    prove: async (log, { backUp, logId, rollOver }) => {
      const { owner, list } = await log.ownList();
      const early = new ListWriter();
      await log.pushAll(owner, list, [early.create('Home')]);
      const { epoch } = await rollOver(list);
      const restore = await backUp(list);
      // Each is brought over by a client of its own: of two such, chance decides which one Yjs lets win.
      const late = early.addMany(8);
      await log.pushAll(owner, list, late);
      const phone = await log.newPhone(owner, list);
      for (const name of phone.names) phone.remove(phone.idOf(name));
      const lostLog = await logId();
      await restore();
      await log.pushAll(owner, list, late);
      expect((await log.newPhone(owner, list)).names).toHaveLength(8);
      const told = log.pushBack(owner, list, phone.document, epoch, lostLog);
      expect((await log.service.append([told])).map(codeOf)).toEqual(['ok']);
      expect((await log.newPhone(owner, list)).names).toEqual([]);
    },
  },
];

/**
 * A list has milk when it is backed up. Then bread is added, and the epoch ends: `early` is a phone that stays in it, `later` one that goes on.
 * `restore` takes the list back to the backup; what a phone then tells of the lost log is what `back` gives.
 */
async function liveOn(
  log: LogUnderTest,
  { backUp, logId, rollOver }: EpochHarness,
): Promise<{
  owner: UserId;
  list: ListId;
  early: ListWriter;
  later: ListWriter;
  restore: () => Promise<(phone: ListWriter) => Append>;
}> {
  const { owner, list } = await log.ownList();
  const early = new ListWriter();
  await log.pushAll(owner, list, [early.create('Home'), early.add('milk')]);
  const takeBack = await backUp(list);
  await log.pushAll(owner, list, [early.add('bread')]);
  await rollOver(list);
  const later = await log.newPhone(owner, list);
  const restore = async () => {
    const lostLog = await logId();
    await takeBack();
    return ({ document }: ListWriter) => log.pushBack(owner, list, document, document.epoch, lostLog);
  };
  return { owner, list, early, later, restore };
}
