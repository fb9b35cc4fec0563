import { createListId } from '@trolley/shared/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { opened, Scenario, seenIn } from './scenario.ts';

const unknownList = createListId((byteLength) => new Uint8Array(byteLength).fill(42));

describe('somebody’s first steps', () => {
  let scenario: Scenario;
  beforeEach(() => {
    scenario = new Scenario();
  });
  afterEach(() => {
    scenario.end();
  });

  it('P1 a first visit begins no session and opens no connection; the first edit does', async () => {
    const anna = scenario.device('anna', { isNew: true });
    const tab = await anna.startTab();
    tab.client.wake();
    await scenario.pass(60_000);
    expect([anna.sessionCount, await tab.client.lists()]).toEqual([0, []]);
    const list = await tab.client.create('Home');
    await scenario.pass();
    expect([anna.sessionCount, scenario.log.memberships(anna.identity.userId)]).toEqual([1, [{ list, role: 'owner' }]]);
  });

  it('P1 a list begun without a network can be used at once, and reaches the server when there is one', async () => {
    const anna = scenario.device('anna', { isNew: true });
    anna.isOnline = false;
    const tab = await anna.startTab();
    const list = await tab.client.create('Home');
    tab.open = await tab.client.open(list);
    scenario.add(anna, tab, 'Milk');
    await scenario.pass();
    expect([seenIn(tab), opened(tab).state.kind, opened(tab).access]).toEqual([['Milk'], 'offline', 'owner']);
    anna.isOnline = true;
    tab.client.wake();
    await scenario.pass();
    expect([scenario.committed(list), opened(tab).state, anna.sessionCount]).toEqual([['Milk'], { kind: 'saved' }, 1]);
    expect((await tab.client.lists())[0]).toMatchObject({ title: 'Home', isRegistered: true, toBuy: 1 });
  });

  it('P1 a list begun while connected reaches the server without being opened', async () => {
    const anna = scenario.device('anna');
    const tab = await anna.startTab();
    await scenario.pass();
    const list = await tab.client.create('Home');
    await scenario.pass();
    expect(scenario.log.committed(list)).toHaveLength(1);
    expect(await anna.storage.waitingLists()).toEqual([]);
  });

  it('P1 a list that is on the phone opens without a network, and takes edits', async () => {
    const anna = scenario.device('anna');
    const { list, tabs } = await scenario.share([anna, 'owner']);
    for (const tab of tabs) {
      scenario.add(anna, tab, 'Milk');
      await scenario.pass();
      anna.killTab(tab);
    }
    anna.isOnline = false;
    const tab = await anna.openTab(list);
    scenario.add(anna, tab, 'Bread');
    anna.killTab(tab);
    const again = await anna.openTab(list);
    expect(seenIn(again)).toEqual(['Bread', 'Milk']);
    await scenario.pass();
    expect(opened(again).state).toEqual({ kind: 'offline', waiting: 1 });
  });

  it('P14 a list that the server does not know, or does not show to this person, is not found', async () => {
    const [anna, ben] = [scenario.device('anna'), scenario.device('ben')];
    const { list } = await scenario.share([anna, 'owner']);
    const tab = await ben.startTab();
    for (const foreign of [list, unknownList]) {
      await expect(scenario.during(tab.client.open(foreign))).rejects.toMatchObject({ code: 'not-found' });
    }
    scenario.log.setRole(list, ben.identity.userId, 'editor');
    expect((await scenario.during(tab.client.open(list))).access).toBe('editor');
  });

  it('P1 a list that is not on the phone cannot be had without a network, and says so soon', async () => {
    const anna = scenario.device('anna');
    anna.isOnline = false;
    const tab = await anna.startTab();
    await expect(scenario.during(tab.client.open(unknownList))).rejects.toMatchObject({ code: 'unavailable' });
    tab.client.loseNetwork();
    const startMs = scenario.clock.nowMs();
    await expect(scenario.during(tab.client.open(unknownList))).rejects.toMatchObject({ code: 'unavailable' });
    expect(scenario.clock.nowMs() - startMs).toBeLessThan(100);
  });

  it('P1 a list can be opened while the connection is being made anew, and after tries that have failed', async () => {
    const [anna, ben] = [scenario.device('anna'), scenario.device('ben')];
    const { list } = await scenario.share([anna, 'owner']);
    scenario.log.setRole(list, ben.identity.userId, 'editor');
    ben.isOnline = false;
    const tab = await ben.startTab();
    await scenario.pass(20_000);
    ben.isOnline = true;
    expect((await scenario.during(tab.client.open(list))).access).toBe('editor');
    await tab.client.forget(list);
    tab.client.reconnect();
    expect((await scenario.during(tab.client.open(list))).access).toBe('editor');
  });

  it('P2 the lists of an account come to each of its phones, to be there without a network', async () => {
    const anna = scenario.device('anna');
    const { list, tabs } = await scenario.share([anna, 'owner']);
    for (const tab of tabs) scenario.add(anna, tab, 'Milk');
    await scenario.pass();
    const tablet = scenario.device('tablet', { identity: anna.identity });
    const there = await tablet.startTab();
    await scenario.pass();
    expect(await there.client.lists()).toMatchObject([{ list, title: 'Home', toBuy: 1, role: 'owner' }]);
    tablet.isOnline = false;
    there.open = await there.client.open(list);
    expect(seenIn(there)).toEqual(['Milk']);
  });

  it('P14 one list that cannot be had keeps no other from coming', async () => {
    const anna = scenario.device('anna');
    const { list } = await scenario.share([anna, 'owner']);
    const tablet = scenario.device('tablet', { identity: anna.identity });
    tablet.account.lists = () =>
      Promise.resolve([
        { list: unknownList, role: 'editor' },
        { list, role: 'owner' },
      ]);
    const tab = await tablet.startTab();
    await scenario.pass();
    expect((await tab.client.lists()).map((known) => known.list)).toEqual([list]);
  });

  it('P1 a tab that was opened before there was a session joins in when another tab has begun one', async () => {
    const [anna, ben] = [scenario.device('anna', { isNew: true }), scenario.device('ben')];
    const [first, second] = [await anna.startTab(), await anna.startTab()];
    const list = await first.client.create('Home');
    await scenario.pass();
    second.open = await second.client.open(list);
    scenario.log.setRole(list, ben.identity.userId, 'editor');
    const other = await scenario.openTab(ben, list);
    scenario.add(ben, other, 'Milk');
    await scenario.pass();
    expect([seenIn(second), anna.sessionCount]).toEqual([['Milk'], 1]);
  });

  it('P1 signing out ends the connection, and begins no session for nobody', async () => {
    const anna = scenario.device('anna');
    const tab = await anna.startTab();
    await scenario.pass();
    expect([tab.client.status, anna.sessionCount]).toEqual(['online', 1]);
    anna.account.forgetSession();
    tab.client.reconnect();
    await scenario.pass(30_000);
    expect([tab.client.status, anna.sessionCount]).toEqual(['online', 1]);
  });
});
