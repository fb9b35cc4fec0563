import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Device, Tab } from './device.ts';
import { opened, Scenario, seenIn } from './scenario.ts';

describe('what heals by itself', () => {
  let scenario: Scenario;
  let anna: Device;
  let ben: Device;
  let list: Parameters<Scenario['committed']>[0];
  let annas: Tab;
  let bens: Tab;

  beforeEach(async () => {
    scenario = new Scenario();
    [anna, ben] = [scenario.device('anna'), scenario.device('ben')];
    const shared = await scenario.share([anna, 'owner'], [ben, 'editor']);
    const [first, second] = shared.tabs;
    if (first === undefined || second === undefined) throw new Error('two are needed');
    [list, annas, bens] = [shared.list, first, second];
  });
  afterEach(() => {
    scenario.end();
  });

  const saved = { kind: 'saved' };
  const addAll = async (...names: string[]) => {
    for (const name of names) {
      scenario.add(anna, annas, name);
      await scenario.pass(500);
    }
  };
  const restart = async (device: Device, tab: Tab) => {
    device.killTab(tab);
    return scenario.openTab(device, list);
  };

  describe('after the server was restored from a backup', () => {
    beforeEach(async () => {
      const backup = scenario.log.backup();
      await addAll('Milk', 'Bread', 'Eggs');
      await scenario.pass();
      scenario.log.restore(backup);
      expect(scenario.committed(list)).toEqual([]);
    });

    it('P8 a phone that is ahead gives it everything, and the others get it', async () => {
      annas = await restart(anna, annas);
      await scenario.pass(20_000);
      bens.client.wake();
      await scenario.pass();
      expect(scenario.committed(list)).toEqual(['Bread', 'Eggs', 'Milk']);
      expect([seenIn(annas), seenIn(bens)]).toEqual([
        ['Bread', 'Eggs', 'Milk'],
        ['Bread', 'Eggs', 'Milk'],
      ]);
      expect([opened(annas).cursor, opened(bens).cursor]).toEqual([
        scenario.log.committed(list).length,
        scenario.log.committed(list).length,
      ]);
    });

    it('P8 a phone that is ahead is found out by an edit, too', async () => {
      annas.client.wake();
      scenario.add(anna, annas, 'Rice');
      await scenario.pass(20_000);
      expect(scenario.committed(list)).toEqual(['Bread', 'Eggs', 'Milk', 'Rice']);
    });

    it('P8 it goes on until it has worked, through refusals and a restart of the phone', async () => {
      ben.isOnline = false;
      bens.cut();
      const append = scenario.log.append.bind(scenario.log);
      scenario.log.append = (appends) => {
        scenario.log.append = append;
        return Promise.resolve(appends.map(() => ({ ok: false, error: { code: 'busy', message: 'later' } })));
      };
      annas.client.wake();
      await scenario.pass(300);
      expect(scenario.committed(list)).toEqual([]);
      annas = await restart(anna, annas);
      await scenario.pass(40_000);
      expect(scenario.committed(list)).toEqual(['Bread', 'Eggs', 'Milk']);
    });

    it('P8 it goes on when the first whole document was refused', async () => {
      ben.isOnline = false;
      bens.cut();
      let refusals = 2;
      const append = scenario.log.append.bind(scenario.log);
      scenario.log.append = (appends) => {
        refusals -= 1;
        if (refusals < 0) return append(appends);
        return Promise.resolve(appends.map(() => ({ ok: false, error: { code: 'busy', message: 'later' } })));
      };
      annas.client.wake();
      await scenario.pass(40_000);
      expect([refusals < 0, scenario.committed(list)]).toEqual([true, ['Bread', 'Eggs', 'Milk']]);
    });

    it('P8 a viewer takes what there is, and gives nothing', async () => {
      anna.isOnline = false;
      annas.cut();
      scenario.log.setRole(list, ben.identity.userId, 'viewer');
      scenario.network.pushes.length = 0;
      bens.client.wake();
      await scenario.pass(20_000);
      expect([scenario.network.pushes, opened(bens).cursor, seenIn(bens)]).toEqual([[], 1, ['Bread', 'Eggs', 'Milk']]);
    });
  });

  describe('while the store is away', () => {
    it('P6 people side by side see each other’s edits, and all of it is saved afterwards, though nobody does anything', async () => {
      scenario.log.nextFault = () => 'before-commit';
      scenario.add(anna, annas, 'Milk');
      await scenario.pass(500);
      scenario.add(ben, bens, 'Bread');
      await scenario.pass(500);
      expect([seenIn(annas), seenIn(bens), scenario.committed(list)]).toEqual([
        ['Bread', 'Milk'],
        ['Bread', 'Milk'],
        [],
      ]);
      expect(opened(annas).state.kind).toBe('saving');
      scenario.log.nextFault = () => 'none';
      await scenario.pass(20_000);
      expect([scenario.committed(list), opened(annas).state, opened(bens).state]).toEqual([
        ['Bread', 'Milk'],
        saved,
        saved,
      ]);
    });

    it('P6 an edit survives its maker: whoever has seen it pushes it', async () => {
      scenario.log.nextFault = () => 'before-commit';
      scenario.add(anna, annas, 'Milk');
      await scenario.pass(500);
      anna.isOnline = false;
      anna.killTab(annas);
      scenario.log.nextFault = () => 'none';
      await scenario.pass(20_000);
      expect(scenario.committed(list)).toEqual(['Milk']);
    });

    it('P6 edits do not go round between the phones: the pushes stay few, however long it lasts', async () => {
      scenario.log.nextFault = () => 'before-commit';
      scenario.add(anna, annas, 'Milk');
      await scenario.pass(500);
      scenario.add(ben, bens, 'Bread');
      await scenario.pass(60_000);
      // Two phones that try again every few seconds.
      expect(scenario.network.pushes.length).toBeLessThan(100);
      expect([await anna.storage.countOutbox(list), await ben.storage.countOutbox(list)]).toEqual([2, 2]);
    });
  });

  it('P1 a session that has ended is begun anew', async () => {
    anna.expireSession();
    annas.cut();
    scenario.add(anna, annas, 'Milk');
    await scenario.pass();
    expect([anna.sessionCount, scenario.committed(list), opened(annas).state]).toEqual([2, ['Milk'], saved]);
  });

  it('P1 a session that ends under a connection is begun anew when a list is to be registered', async () => {
    anna.expireSession();
    const begun = await annas.client.create('Another');
    annas.open = await annas.client.open(begun);
    await scenario.pass();
    expect([anna.sessionCount, scenario.log.committed(begun).length]).toEqual([2, 1]);
  });

  it('P1 a connection that is open by name only is found out by a wake within the answer’s time', async () => {
    annas.silence();
    await scenario.pass(100);
    scenario.add(ben, bens, 'Milk');
    annas.client.wake();
    await scenario.pass(10_000 + 1_000);
    expect([seenIn(annas), annas.client.status]).toEqual([['Milk'], 'online']);
  });

  it('P1 a connection that is open by name only is found out by an edit that is not answered', async () => {
    annas.silence();
    scenario.add(anna, annas, 'Milk');
    expect(opened(annas).state).toEqual({ kind: 'saving', waiting: 1 });
    await scenario.pass(10_000 + 1_000);
    expect([scenario.committed(list), opened(annas).state]).toEqual([['Milk'], saved]);
  });

  it('P1 an edit that the server had no time for is pushed again, though nobody does anything', async () => {
    scenario.log.nextFault = () => 'before-commit';
    scenario.add(anna, annas, 'Milk');
    await scenario.pass(500);
    scenario.log.nextFault = () => 'none';
    await scenario.pass();
    expect([scenario.committed(list), opened(annas).state]).toEqual([['Milk'], saved]);
  });

  it('P10 an edit whose answer was lost is pushed again, and is there once', async () => {
    scenario.log.nextFault = () => 'after-commit';
    scenario.add(anna, annas, 'Milk');
    await scenario.pass(500);
    scenario.log.nextFault = () => 'none';
    await scenario.pass(20_000);
    expect(scenario.log.committed(list).length).toBeGreaterThan(2);
    expect([scenario.committed(list), seenIn(bens), opened(annas).state]).toEqual([['Milk'], ['Milk'], saved]);
  });

  it('P7 updates that overtake each other come together', async () => {
    anna.isOnline = false;
    annas.cut();
    const [soap, tea] = [scenario.add(anna, annas, 'Soap'), scenario.add(anna, annas, 'Tea')];
    const head = scenario.log.committed(list).length;
    const announce = (seq: number, update: Uint8Array) => {
      scenario.network.announce({ kind: 'appended', list, epoch: 0, seq, update });
    };
    announce(head + 2, tea);
    await scenario.pass(200);
    expect([seenIn(bens), opened(bens).cursor]).toEqual([[], head]);
    announce(head + 1, soap);
    await scenario.pass(200);
    expect([seenIn(bens), opened(bens).cursor]).toEqual([['Soap', 'Tea'], head + 2]);
  });

  it('P5 an update whose broadcast was lost is found by the next one', async () => {
    anna.isOnline = false;
    annas.cut();
    const { userId } = anna.identity;
    await scenario.log.append([{ userId, list, epoch: 0, update: scenario.add(anna, annas, 'Milk') }]);
    await scenario.pass();
    expect(seenIn(bens)).toEqual([]);
    scenario.add(ben, bens, 'Bread');
    await scenario.pass();
    expect([seenIn(bens), opened(bens).cursor]).toEqual([['Bread', 'Milk'], scenario.log.committed(list).length]);
  });

  it('P1 a phone that refuses to store anything still takes part', async () => {
    const refuse = () => Promise.reject(new DOMException('No space', 'QuotaExceededError'));
    const refused = { putOutbox: refuse, putRemote: refuse, saveList: refuse, changeList: refuse, confirm: refuse };
    Object.assign(anna.storage, refused);
    scenario.add(anna, annas, 'Milk');
    scenario.add(ben, bens, 'Bread');
    await scenario.pass();
    annas.cut();
    await scenario.pass();
    expect([scenario.committed(list), seenIn(annas), opened(annas).state]).toEqual([
      ['Bread', 'Milk'],
      ['Bread', 'Milk'],
      saved,
    ]);
    annas = await restart(anna, annas);
    await scenario.pass();
    expect(seenIn(annas)).toEqual(['Bread', 'Milk']);
  });
});
