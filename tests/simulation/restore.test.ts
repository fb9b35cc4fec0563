import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeItem, setAmount } from '@trolley/shared/document';
import type { MemoryBackup } from '@trolley/shared/testing';
import type { Device, Tab } from './device.ts';
import { opened, Scenario, seenIn } from './scenario.ts';

const saved = { kind: 'saved' };

describe('restores and epochs, and a phone that crashes in the middle of them', () => {
  let scenario: Scenario;
  let anna: Device;
  let ben: Device;
  let list: Parameters<Scenario['committed']>[0];
  let annas: Tab;
  let bens: Tab;
  let empty: MemoryBackup;

  beforeEach(async () => {
    scenario = new Scenario();
    empty = scenario.log.backup();
    [anna, ben] = [scenario.device('anna'), scenario.device('ben')];
    const shared = await scenario.share([anna, 'owner'], [ben, 'editor']);
    const [first, second] = shared.tabs;
    if (first === undefined || second === undefined) throw new Error('two are needed');
    [list, annas, bens] = [shared.list, first, second];
  });
  afterEach(() => {
    scenario.end();
  });

  const add = async (...names: string[]) => {
    for (const name of names) {
      scenario.add(anna, annas, name);
      await scenario.pass(500);
    }
  };
  const current = () => scenario.committed(list);
  const leave = (device: Device, tab: Tab) => {
    device.isOnline = false;
    tab.cut();
  };
  const comeBack = async (device: Device, tab: Tab) => {
    device.isOnline = true;
    tab.client.wake();
    await scenario.pass(20_000);
  };
  /** Kills anna's tab when it calls the storage for the n-th time from now on. Says whether that came about. */
  const crashAt = (call: number) => {
    const { storage } = anna;
    let calls = 0;
    let hasCrashed = false;
    const strike = () => {
      calls += 1;
      if (calls !== call) return;
      hasCrashed = true;
      anna.killTab(annas);
    };
    const original = {
      replace: storage.replace.bind(storage),
      confirm: storage.confirm.bind(storage),
      enterLog: storage.enterLog.bind(storage),
      putRemote: storage.putRemote.bind(storage),
    };
    storage.replace = async (...args) => {
      await original.replace(...args);
      strike();
    };
    storage.confirm = async (...args) => {
      strike();
      await original.confirm(...args);
    };
    storage.enterLog = async (...args) => {
      strike();
      await original.enterLog(...args);
    };
    storage.putRemote = async (...args) => {
      await original.putRemote(...args);
      strike();
    };
    return () => {
      Object.assign(storage, original);
      return hasCrashed;
    };
  };

  it('P8 a list that the backup does not have is there again with all that was in it', async () => {
    await add('Milk', 'Bread');
    scenario.log.restore(empty);
    annas.client.wake();
    await scenario.pass(20_000);
    expect([current(), scenario.log.memberships(anna.identity.userId)]).toEqual([
      ['Bread', 'Milk'],
      [{ list, role: 'owner' }],
    ]);
    expect([opened(annas).state, opened(bens).access]).toEqual([saved, null]);
    scenario.log.setRole(list, ben.identity.userId, 'editor');
    bens.client.wake();
    await scenario.pass();
    scenario.add(ben, bens, 'Rice');
    await scenario.pass();
    expect([current(), opened(bens).state]).toEqual([['Bread', 'Milk', 'Rice'], saved]);
  });

  it('P8 lists that are closed are given back too', async () => {
    await add('Milk', 'Bread');
    await scenario.during(annas.client.close(list));
    leave(ben, bens);
    scenario.log.restore(empty);
    annas.cut();
    await scenario.pass(20_000);
    expect([current(), await anna.storage.load(list)]).toMatchObject([
      ['Bread', 'Milk'],
      { meta: { log: scenario.log.id } },
    ]);
  });

  it('P8 what was not stored when its log was lost comes back from its maker alone, and goes from all tabs of the others', async () => {
    await add('Milk');
    const other = await scenario.during(ben.openTab(list));
    const backup = scenario.log.backup();
    scenario.log.nextFault = () => 'before-commit';
    await add('Jam');
    expect([seenIn(bens), seenIn(other), current()]).toEqual([['Jam', 'Milk'], ['Jam', 'Milk'], ['Milk']]);
    leave(anna, annas);
    scenario.log.nextFault = () => 'none';
    ben.isOnline = false;
    for (const tab of [bens, other]) tab.cut();
    scenario.log.restore(backup);
    ben.isOnline = true;
    for (const tab of [bens, other]) tab.client.wake();
    await scenario.pass(20_000);
    expect([seenIn(bens), seenIn(other), current()]).toEqual([['Milk'], ['Milk'], ['Milk']]);
    expect(opened(bens).state).toEqual(saved);
    await comeBack(anna, annas);
    expect([seenIn(bens), seenIn(other), current()]).toEqual([
      ['Jam', 'Milk'],
      ['Jam', 'Milk'],
      ['Jam', 'Milk'],
    ]);
  });

  it('P8 what was not stored when its log was lost stays where an own edit builds on it', async () => {
    await add('Milk');
    const backup = scenario.log.backup();
    scenario.log.nextFault = () => 'before-commit';
    await add('Jam');
    const jam = opened(bens).document.view.items.find(({ name }) => name === 'Jam');
    if (jam !== undefined) setAmount(opened(bens).document, jam.id, { quantity: 2, unit: '' }, ben.author(bens));
    await scenario.pass(500);
    leave(anna, annas);
    leave(ben, bens);
    scenario.log.nextFault = () => 'none';
    scenario.log.restore(backup);
    await comeBack(ben, bens);
    expect([seenIn(bens), current(), opened(bens).state]).toEqual([['Jam', 'Milk'], ['Jam', 'Milk'], saved]);
  });

  it('P8 a phone that refuses to say what waits on it gives back what it has all the same', async () => {
    await add('Milk');
    const backup = scenario.log.backup();
    await add('Bread');
    leave(ben, bens);
    anna.storage.outbox = () => Promise.reject(new DOMException('No access', 'UnknownError'));
    scenario.log.restore(backup);
    annas.cut();
    await scenario.pass(20_000);
    expect([current(), seenIn(annas), opened(annas).state]).toEqual([['Bread', 'Milk'], ['Bread', 'Milk'], saved]);
  });

  it('P8 what was removed in the time that is lost stays removed, and what was added since stays', async () => {
    await add('Milk', 'Bread');
    const backup = scenario.log.backup();
    const [item] = opened(annas).document.view.items;
    if (item !== undefined) removeItem(opened(annas).document, item.id, anna.author(annas));
    await scenario.pass();
    scenario.log.restore(backup);
    leave(ben, bens);
    await comeBack(anna, annas);
    scenario.add(anna, annas, 'Rice');
    await comeBack(ben, bens);
    expect([current(), seenIn(bens)]).toEqual([
      ['Bread', 'Rice'],
      ['Bread', 'Rice'],
    ]);
  });

  it.each([1, 2, 3, 4, 5, 6])(
    'P8 a crash at step %i of giving back loses nothing that was saved, and nothing that waits',
    async (step) => {
      await add('Milk', 'Bread');
      leave(ben, bens);
      leave(anna, annas);
      scenario.add(anna, annas, 'Eggs');
      await scenario.pass();
      scenario.log.restore(empty);
      const restoreStorage = crashAt(step);
      await comeBack(anna, annas);
      if (restoreStorage()) annas = await scenario.openTab(anna, list);
      await scenario.pass(20_000);
      expect([current(), seenIn(annas), opened(annas).state]).toEqual([
        ['Bread', 'Eggs', 'Milk'],
        ['Bread', 'Eggs', 'Milk'],
        saved,
      ]);
    },
  );

  it.each([1, 2, 3, 4, 5])(
    'P9 a crash at step %i of the way into the next epoch loses nothing that waits',
    async (step) => {
      await add('Milk', 'Bread');
      leave(anna, annas);
      scenario.add(anna, annas, 'Eggs');
      await scenario.pass();
      scenario.log.rollOver(list);
      bens.client.wake();
      await scenario.pass();
      scenario.add(ben, bens, 'Rice');
      const restoreStorage = crashAt(step);
      await comeBack(anna, annas);
      if (restoreStorage()) annas = await scenario.openTab(anna, list);
      await scenario.pass(20_000);
      expect([seenIn(annas), seenIn(bens), opened(annas).document.epoch, opened(annas).state]).toEqual([
        ['Bread', 'Eggs', 'Milk', 'Rice'],
        ['Bread', 'Eggs', 'Milk', 'Rice'],
        1,
        saved,
      ]);
    },
  );

  it.each([
    { title: 'without a connection', lose: 'cut' },
    { title: 'on a connection that is dead and looks open', lose: 'silence' },
  ] as const)('P9 a second tab goes into the next epoch with the first, $title', async ({ lose }) => {
    await add('Milk');
    const second = await scenario.openTab(anna, list);
    await scenario.pass();
    second[lose]();
    scenario.log.rollOver(list);
    annas.client.wake();
    await scenario.pass(300);
    expect([opened(second).document.epoch, seenIn(second)]).toEqual([1, ['Milk']]);
  });
});
