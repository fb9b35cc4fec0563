import type { Append, ListId, UserId } from '@trolley/shared/protocol';
import { expect } from 'vitest';
import type { EpochHarness } from './log-harness.ts';
import type { EpochRule } from './log-epoch-contract.ts';
import { ListWriter } from './list-writer.ts';
import { codeOf, type LogUnderTest } from './log-under-test.ts';

/** How a lost log that had several epochs is put together again from the phones that lived in them, in whatever order they come. */
export const lostEpochRules: readonly EpochRule[] = [
  {
    title: 'brings back nothing from an earlier lost epoch that a later one had removed, whose phone has come before',
    prove: async (log, harness) => {
      const { owner, list, phones, back } = await loseTwoEpochs(log, harness);
      expect((await log.service.append([back(2), back(1), back(0)])).map(codeOf)).toEqual(['ok', 'ok', 'ok']);
      expect((await log.newPhone(owner, list)).names).toEqual(['bread', 'tea']);
      expect(await log.service.append([back(0)])).toMatchObject([{ ok: true, isCarried: true }]);
      expect(codeOf(await log.pushOne(owner, list, phones[0].add('rice'), 0))).toBe('ok');
      expect((await log.newPhone(owner, list)).names).toEqual(['bread', 'rice', 'tea']);
    },
  },
  {
    title: 'removes what a later lost epoch had removed, though an earlier one has brought it back before',
    prove: async (log, harness) => {
      const { owner, list, back } = await loseTwoEpochs(log, harness);
      expect((await log.service.append([back(0)])).map(codeOf)).toEqual(['ok']);
      expect((await log.newPhone(owner, list)).names).toEqual(['bread', 'jam', 'milk']);
      expect((await log.service.append([back(1)])).map(codeOf)).toEqual(['ok']);
      expect((await log.newPhone(owner, list)).names).toEqual(['bread', 'eggs', 'milk']);
      expect((await log.service.append([back(2)])).map(codeOf)).toEqual(['ok']);
      expect((await log.newPhone(owner, list)).names).toEqual(['bread', 'tea']);
    },
  },
  {
    title: 'keeps what was done since the restore, whatever a lost epoch says of it',
    prove: async (log, harness) => {
      const { owner, list, back } = await loseTwoEpochs(log, harness);
      const since = await log.newPhone(owner, list);
      since.add('soap');
      since.remove(since.idOf('bread'));
      await log.pushAll(owner, list, since.updates, 0);
      expect((await log.service.append([back(1), back(2), back(0)])).map(codeOf)).toEqual(['ok', 'ok', 'ok']);
      expect((await log.newPhone(owner, list)).names).toEqual(['soap', 'tea']);
    },
  },
  {
    title: 'takes what a lost epoch has of products that it had forgotten, over what an earlier one had said of them',
    prove: async (log, { backUp, logId, rollOver }) => {
      const { owner, list } = await log.ownList();
      const first = new ListWriter();
      await log.pushAll(owner, list, [first.create('Home'), first.add('milk')]);
      const restore = await backUp(list);
      await log.pushAll(owner, list, [first.add('ham', 'smoked'), first.add('jam', 'of plums')]);
      const remover = await log.newPhone(owner, list);
      for (const name of ['ham', 'jam']) remover.remove(remover.idOf(name));
      await log.pushAll(owner, list, remover.updates);
      const { epoch } = await rollOver(list);
      const [second, third] = [await log.newPhone(owner, list), await log.newPhone(owner, list)];
      const lostLog = await logId();
      await restore();
      const back = ({ document }: ListWriter, of: number) => log.pushBack(owner, list, document, of, lostLog);
      third.add('ham', 'raw');
      const told = await log.service.append([back(first, 0), back(second, epoch), back(third, epoch)]);
      expect(told.map(codeOf)).toEqual(['ok', 'ok', 'ok']);
      expect(codeOf(await log.pushOne(owner, list, third.add('jam', 'of cherries'), epoch))).toBe('ok');
      const { document } = await log.newPhone(owner, list);
      expect(document.view.items.map(({ name, note }) => `${name} ${note}`.trim()).toSorted()).toEqual([
        'ham raw',
        'jam of cherries',
        'milk',
      ]);
    },
  },
  {
    title: 'takes all that a lost log had that began with an older backup than the one that was restored last',
    prove: async (log, { backUp, rollOver }) => {
      const { owner, list } = await log.ownList();
      const phone = new ListWriter();
      await log.pushAll(owner, list, [phone.create('Home'), phone.add('milk')]);
      const restoreOlder = await backUp(list);
      await rollOver(list);
      const restoreNewer = await backUp(list);
      await restoreOlder();
      await log.pushAll(owner, list, [phone.add('bread')]);
      await restoreNewer();
      expect((await log.newPhone(owner, list)).names).toEqual(['milk']);
      const [outcome] = await log.service.append([log.pushBack(owner, list, phone.document, 0)]);
      expect(outcome).toMatchObject({ ok: true, isCarried: true });
      expect((await log.newPhone(owner, list)).names).toEqual(['bread', 'milk']);
    },
  },
  {
    title:
      'removes nothing that a lost log never had, because it began with another backup than the one that was restored last',
    prove: async (log, { backUp, logId, rollOver }) => {
      const { owner, list } = await log.ownList();
      const writer = new ListWriter();
      await log.pushAll(owner, list, [writer.create('Home'), writer.add('milk')]);
      const restoreOlder = await backUp(list);
      await log.pushAll(owner, list, [writer.add('ham')]);
      const restoreNewer = await backUp(list);
      await restoreOlder();
      const { epoch } = await rollOver(list);
      const phone = await log.newPhone(owner, list);
      await log.pushAll(owner, list, [phone.add('bread')], epoch);
      const lostLog = await logId();
      await restoreNewer();
      const told = await log.service.append([log.pushBack(owner, list, phone.document, epoch, lostLog)]);
      expect(told.map(codeOf)).toEqual(['ok']);
      expect((await log.newPhone(owner, list)).names).toEqual(['bread', 'ham', 'milk']);
    },
  },
  {
    title: 'brings nothing back that a lost epoch had taken off, though the edit that brought it comes again',
    prove: async (log, { backUp, logId, rollOver }) => {
      const { owner, list } = await log.ownList();
      const writer = new ListWriter();
      await log.pushAll(owner, list, [writer.create('Home'), writer.add('milk')]);
      const restore = await backUp(list);
      const jam = writer.add('jam');
      await log.pushAll(owner, list, [jam]);
      const { epoch } = await rollOver(list);
      const remover = await log.newPhone(owner, list);
      remover.remove(remover.idOf('jam'));
      await log.pushAll(owner, list, remover.updates, epoch);
      const lostLog = await logId();
      await restore();
      await rollOver(list);
      const told = log.pushBack(owner, list, remover.document, epoch, lostLog);
      expect((await log.service.append([told, log.push(owner, list, jam)])).map(codeOf)).toEqual(['ok', 'ok']);
      expect((await log.newPhone(owner, list)).names).toEqual(['milk']);
    },
  },
];

type Phones = readonly [ListWriter, ListWriter, ListWriter];

/** A backup has milk and bread. Then jam is added; in the next epoch it gives way to eggs, and in the one after these and the milk to tea. */
async function loseTwoEpochs(
  log: LogUnderTest,
  { backUp, logId, rollOver }: EpochHarness,
): Promise<{ owner: UserId; list: ListId; phones: Phones; back: (phone: 0 | 1 | 2) => Append }> {
  const { owner, list } = await log.ownList();
  const first = new ListWriter();
  await log.pushAll(owner, list, [first.create('Home'), first.add('milk'), first.add('bread')]);
  const restore = await backUp(list);
  await log.pushAll(owner, list, [first.add('jam')]);
  const { epoch: middle } = await rollOver(list);
  const second = await log.newPhone(owner, list);
  second.add('eggs');
  second.remove(second.idOf('jam'));
  await log.pushAll(owner, list, second.updates, middle);
  const { epoch: last } = await rollOver(list);
  const third = await log.newPhone(owner, list);
  third.add('tea');
  third.remove(third.idOf('eggs'));
  third.remove(third.idOf('milk'));
  const lostLog = await logId();
  await restore();
  const phones: Phones = [first, second, third];
  const epochs = [0, middle, last] as const;
  const back = (phone: 0 | 1 | 2) => log.pushBack(owner, list, phones[phone].document, epochs[phone], lostLog);
  return { owner, list, phones, back };
}
