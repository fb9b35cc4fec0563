import type { Role } from '@trolley/shared/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Device, Tab } from './device.ts';
import { opened, Scenario, seenIn } from './scenario.ts';

describe('what people may do', () => {
  let scenario: Scenario;
  let anna: Device;
  let ben: Device;
  beforeEach(() => {
    scenario = new Scenario();
    [anna, ben] = [scenario.device('anna'), scenario.device('ben')];
  });
  afterEach(() => {
    scenario.end();
  });

  const share = async (role: Role) => {
    const { list, tabs } = await scenario.share([anna, 'owner'], [ben, role]);
    const [annas, bens] = tabs;
    if (annas === undefined || bens === undefined) throw new Error('two are needed');
    return { list, annas, bens };
  };
  const setRole = (list: Parameters<Scenario['committed']>[0], role: Role | null) => {
    const { userId } = ben.identity;
    scenario.log.setRole(list, userId, role);
    scenario.network.announce({ kind: 'access', list, userId, role });
  };
  const eventsOf = (tab: Tab) => {
    const events: string[] = [];
    opened(tab).on((event) => events.push(event));
    return events;
  };

  it('P15 a viewer sees edits and pushes none, and their chip does not say saved', async () => {
    const { list, annas, bens } = await share('viewer');
    scenario.add(anna, annas, 'Milk');
    await scenario.pass();
    expect([seenIn(bens), opened(bens).access]).toEqual([['Milk'], 'viewer']);
    scenario.add(ben, bens, 'Bread');
    await scenario.pass();
    expect(scenario.network.pushes.filter(({ from }) => from.name === 'ben')).toEqual([]);
    expect([scenario.committed(list), opened(bens).state]).toEqual([['Milk'], { kind: 'offline', waiting: 1 }]);
  });

  it('P16 who becomes an editor pushes what waits', async () => {
    const { list, bens } = await share('viewer');
    scenario.add(ben, bens, 'Bread');
    await scenario.pass();
    setRole(list, 'editor');
    await scenario.pass();
    expect([scenario.committed(list), opened(bens).state]).toEqual([['Bread'], { kind: 'saved' }]);
  });

  it('P16 who is taken out is told at once, sees nothing more, and keeps a copy to read, also after a restart', async () => {
    const { list, annas, bens } = await share('editor');
    scenario.add(anna, annas, 'Milk');
    await scenario.pass();
    const events = eventsOf(bens);
    setRole(list, null);
    await scenario.pass();
    scenario.add(anna, annas, 'Secret');
    await scenario.pass();
    expect(events).toContain('access');
    expect([opened(bens).access, opened(bens).roster, seenIn(bens)]).toEqual([null, [], ['Milk']]);
    expect(opened(annas).roster.map(({ name }) => name)).toEqual(['anna']);
    ben.killTab(bens);
    const again = await scenario.openTab(ben, list);
    await scenario.pass();
    expect([opened(again).access, seenIn(again)]).toEqual([null, ['Milk']]);
    expect(await again.client.lists()).toMatchObject([{ list, role: null }]);
  });

  it('P16 who is taken out while away finds out when they come back', async () => {
    const { list, annas, bens } = await share('editor');
    ben.isOnline = false;
    bens.cut();
    await scenario.pass();
    scenario.add(ben, bens, 'Bread');
    setRole(list, null);
    scenario.add(anna, annas, 'Secret');
    await scenario.pass();
    ben.isOnline = true;
    bens.client.wake();
    await scenario.pass();
    expect([opened(bens).access, seenIn(bens), opened(bens).state]).toEqual([
      null,
      ['Bread'],
      { kind: 'offline', waiting: 1 },
    ]);
    expect(scenario.committed(list)).toEqual(['Secret']);
  });

  it('P16 who is let in again goes on where they were', async () => {
    const { list, annas, bens } = await share('editor');
    setRole(list, null);
    await scenario.pass();
    scenario.add(anna, annas, 'Milk');
    await scenario.pass();
    setRole(list, 'editor');
    bens.client.wake();
    await scenario.pass();
    expect([opened(bens).access, seenIn(bens)]).toEqual(['editor', ['Milk']]);
  });

  it('P15 who becomes a viewer while pushing is told so by the refusal', async () => {
    const { list, bens } = await share('editor');
    scenario.log.setRole(list, ben.identity.userId, 'viewer');
    scenario.add(ben, bens, 'Bread');
    await scenario.pass();
    expect([opened(bens).access, scenario.committed(list)]).toEqual(['viewer', []]);
  });

  it('P1 edits of a list that is closed at once reach the server', async () => {
    const { list, bens } = await share('editor');
    scenario.add(ben, bens, 'Bread');
    await scenario.during(bens.client.close(list));
    await scenario.pass();
    expect([scenario.committed(list), await ben.storage.waitingLists()]).toEqual([['Bread'], []]);
  });

  it('P1 edits of a closed list that the server could not take are pushed again, without a new connection', async () => {
    const { list, bens } = await share('editor');
    scenario.log.nextFault = () => 'before-commit';
    scenario.add(ben, bens, 'Bread');
    await scenario.during(bens.client.close(list));
    await scenario.pass();
    expect(scenario.committed(list)).toEqual([]);
    scenario.log.nextFault = () => 'none';
    await scenario.pass(16_000);
    expect([scenario.committed(list), await ben.storage.waitingLists()]).toEqual([['Bread'], []]);
  });

  it('P1 edits of a closed list reach the server after a restart', async () => {
    const { list, bens } = await share('editor');
    ben.isOnline = false;
    bens.cut();
    scenario.add(ben, bens, 'Bread');
    await scenario.pass();
    ben.killTab(bens);
    ben.isOnline = true;
    await ben.startTab();
    await scenario.pass();
    expect([scenario.committed(list), await ben.storage.waitingLists()]).toEqual([['Bread'], []]);
  });

  it('P1 a closed list whose edits nobody takes keeps no other from being pushed', async () => {
    const { list, bens } = await share('editor');
    ben.isOnline = false;
    bens.cut();
    const begun = await bens.client.create('Refused');
    const other = await bens.client.create('Also new');
    ben.account.register = (asked) => {
      if (asked === begun) return Promise.reject(new Error('a defect of the api'));
      scenario.log.create(asked, ben.identity.userId);
      return Promise.resolve();
    };
    await scenario.during(bens.client.close(list));
    ben.isOnline = true;
    bens.client.wake();
    await scenario.pass();
    expect(await ben.storage.waitingLists()).toEqual([begun]);
    expect(scenario.log.committed(other)).toHaveLength(1);
  });

  it('P6 a list whose edits the phone refuses to store stays alive after it is closed', async () => {
    const { list, bens } = await share('editor');
    ben.storage.putOutbox = () => Promise.reject(new DOMException('No space', 'QuotaExceededError'));
    ben.isOnline = false;
    bens.cut();
    scenario.add(ben, bens, 'Bread');
    await scenario.pass();
    expect(opened(bens).state).toEqual({ kind: 'offline', waiting: 1 });
    await bens.client.close(list);
    ben.isOnline = true;
    bens.client.wake();
    await scenario.pass();
    expect(scenario.committed(list)).toEqual(['Bread']);
  });
});
