import { setNote } from '@trolley/shared/document';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Device, Tab } from './device.ts';
import { opened, Scenario, seenIn } from './scenario.ts';

describe('two tabs of one phone', () => {
  let scenario: Scenario;
  let anna: Device;
  let list: Parameters<Scenario['committed']>[0];
  let first: Tab;
  let second: Tab;

  beforeEach(async () => {
    scenario = new Scenario();
    anna = scenario.device('anna');
    const shared = await scenario.share([anna, 'owner']);
    [list, first] = [shared.list, shared.tabs[0] ?? (await anna.startTab())];
    second = await scenario.openTab(anna, list);
    await scenario.pass();
    scenario.network.pushes.length = 0;
  });
  afterEach(() => {
    scenario.end();
  });

  const goOffline = () => {
    anna.isOnline = false;
    for (const tab of anna.tabs) tab.cut();
  };
  const comeBack = () => {
    anna.isOnline = true;
    for (const tab of anna.tabs) tab.client.wake();
  };

  it('P10 push each edit once, whoever makes it', async () => {
    for (const [tab, name] of [
      [first, 'Milk'],
      [second, 'Bread'],
      [first, 'Eggs'],
    ] as const) {
      scenario.add(anna, tab, name);
      await scenario.pass(500);
    }
    await scenario.pass(30_000);
    expect(scenario.network.pushes).toHaveLength(3);
    expect([seenIn(first), seenIn(second)]).toEqual([scenario.committed(list), scenario.committed(list)]);
  });

  it('P10 push what both have made at the same moment without repeating anything', async () => {
    scenario.add(anna, first, 'Milk');
    scenario.add(anna, second, 'Bread');
    await scenario.pass();
    expect(scenario.network.pushes.length).toBeLessThanOrEqual(2);
    expect(scenario.log.committed(list)).toHaveLength(1 + scenario.network.pushes.length);
    expect(scenario.committed(list)).toEqual(['Bread', 'Milk']);
  });

  it('P10 push once what they have made without a network', async () => {
    goOffline();
    scenario.add(anna, first, 'Milk');
    scenario.add(anna, second, 'Bread');
    await scenario.pass();
    expect([seenIn(first), opened(second).state]).toEqual([['Bread', 'Milk'], { kind: 'offline', waiting: 2 }]);
    comeBack();
    await scenario.pass();
    expect([scenario.network.pushes.length, scenario.committed(list)]).toEqual([1, ['Bread', 'Milk']]);
    expect([opened(first).state, opened(second).state]).toEqual([{ kind: 'saved' }, { kind: 'saved' }]);
  });

  it('P1 see each other’s edits without a network, and after both were closed', async () => {
    goOffline();
    scenario.add(anna, first, 'Milk');
    expect(seenIn(second)).toEqual([]);
    await scenario.pass(0);
    expect(seenIn(second)).toEqual(['Milk']);
    anna.killTab(first);
    anna.killTab(second);
    expect(seenIn(await scenario.openTab(anna, list))).toEqual(['Milk']);
  });

  it('P1 the one that has missed what the other builds on finds it on the phone, without a network', async () => {
    const ben = scenario.device('ben');
    scenario.log.setRole(list, ben.identity.userId, 'editor');
    const his = await scenario.openTab(ben, list);
    second.silence();
    scenario.add(ben, his, 'Bread');
    await scenario.pass(300);
    goOffline();
    const { document } = opened(first);
    for (const { id } of document.view.items) setNote(document, id, 'dark', anna.author(first));
    expect([seenIn(first), seenIn(second)]).toEqual([['Bread'], []]);
    await scenario.pass(1_000);
    expect(opened(second).document.view.items.map(({ name, note }) => [name, note])).toEqual([['Bread', 'dark']]);
  });

  it('P1 the one that lives pushes what a killed one has left behind, also when nobody touches it', async () => {
    scenario.log.nextFault = () => 'before-commit';
    scenario.add(anna, first, 'Milk');
    await scenario.pass(1_000);
    anna.killTab(first);
    scenario.log.nextFault = () => 'none';
    expect(opened(second).state).toEqual({ kind: 'saving', waiting: 1 });
    await scenario.pass(5_000);
    expect([scenario.committed(list), opened(second).state]).toEqual([['Milk'], { kind: 'saved' }]);
  });

  it('P5 the one that pushes what a killed one has stored, and never showed, has it too', async () => {
    const putOutbox = anna.storage.putOutbox.bind(anna.storage);
    anna.storage.putOutbox = async (...args) => {
      await putOutbox(...args);
      anna.killTab(first);
    };
    scenario.add(anna, first, 'Milk');
    await scenario.pass(0);
    anna.storage.putOutbox = putOutbox;
    expect(seenIn(second)).toEqual([]);
    scenario.add(anna, second, 'Bread');
    await scenario.pass();
    expect([scenario.committed(list), seenIn(second)]).toEqual([
      ['Bread', 'Milk'],
      ['Bread', 'Milk'],
    ]);
  });

  it('P1 the one that opens misses nothing that is edited meanwhile', async () => {
    goOffline();
    anna.killTab(second);
    const opening = anna.openTab(list);
    for (const name of ['Milk', 'Bread', 'Eggs']) {
      scenario.add(anna, first, name);
      await Promise.resolve();
    }
    const opensNow = await opening;
    await scenario.pass(0);
    expect(seenIn(opensNow)).toEqual(['Bread', 'Eggs', 'Milk']);
  });

  it('P16 both are told of a change of role', async () => {
    const { userId } = anna.identity;
    scenario.log.setRole(list, userId, 'viewer');
    scenario.network.announce({ kind: 'access', list, userId, role: 'viewer' });
    await scenario.pass();
    expect([opened(first).access, opened(second).access]).toEqual(['viewer', 'viewer']);
  });
});
