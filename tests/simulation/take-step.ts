import type { StoreFault } from '@trolley/shared/testing';
import type { Device } from './device.ts';
import type { History } from './history.ts';
import { ownCommand, ownState } from './own-command.ts';
import { randomCommand } from './random-command.ts';
import { readLog } from './read-log.ts';

type Step = (history: History, device: Device) => string | null;

/** What may happen, and how often among a thousand steps. What is left of the thousand is spent waiting. */
const steps: readonly (readonly [frequency: number, step: Step])[] = [
  [550, command],
  [60, toggleNetwork],
  [30, cut],
  [20, silence],
  [50, reopenTab],
  [20, openSecondTab],
  [20, toggleList],
  [40, toggleNode],
  [20, toggleBus],
  [50, breakStore],
  [50, rollOver],
  [40, backUp],
  [20, restore],
];

/** Lets one thing happen, and then some time pass. */
export async function takeStep(history: History): Promise<void> {
  const { clock, random, devices } = history;
  const device = random.pick(devices);
  let roll = random.integer(1_000);
  const chosen = steps.find(([frequency]) => (roll -= frequency) < 0);
  const what = chosen?.[1](history, device) ?? null;
  if (what !== null) history.note(what);
  history.invite();
  await clock.advance(random.pick([0, 20, 100, 400, 3_000]));
}

function command({ made, random }: History, device: Device): string | null {
  if (device.tabs.length === 0) return null;
  const tab = random.pick(device.tabs);
  const access = tab.open?.access ?? null;
  if (tab.open === null || access === null) return null;
  const { document } = tab.open;
  const author = device.author(tab);
  if (random.chance(0.3)) {
    const name = ownCommand(document, { made, author, random, owner: device.name });
    return name === null ? null : `${device.name} changes ${name}`;
  }
  randomCommand(document, author, random);
  return `${device.name} does something`;
}

function toggleNetwork(history: History, device: Device): string {
  history.setNetwork(device, !device.isOnline);
  return `${device.name} is ${device.isOnline ? 'online' : 'offline'}`;
}

function cut(_history: History, device: Device): string {
  for (const tab of device.tabs) tab.cut();
  return `${device.name}'s connection breaks`;
}

function silence(_history: History, device: Device): string {
  for (const tab of device.tabs) tab.silence();
  return `${device.name}'s connection goes dead`;
}

function reopenTab(history: History, device: Device): string {
  const tab = device.tabs[0];
  if (tab !== undefined) history.kill(device, tab);
  history.openTab(device);
  return `${device.name}'s tab is killed and reopened`;
}

function openSecondTab(history: History, device: Device): string | null {
  if (device.tabs.length > 1) return null;
  history.openTab(device);
  return `${device.name} opens a second tab`;
}

function toggleList(history: History, device: Device): string | null {
  const [tab] = device.tabs;
  if (tab === undefined) return null;
  if (tab.open === null) {
    history.openList(tab);
    return `${device.name} opens the list`;
  }
  tab.open = null;
  void tab.client.close(history.list);
  return `${device.name} closes the list`;
}

function toggleNode({ network, random }: History): string {
  const node = random.integer(2);
  if (!network.isRunning(node)) {
    network.start(node);
    return `node ${String(node)} is back`;
  }
  const isDrained = random.chance(0.5);
  network.stop(node, isDrained);
  return `node ${String(node)} is ${isDrained ? 'drained' : 'killed'}`;
}

function toggleBus({ network: { bus } }: History): string {
  bus.isAway = !bus.isAway;
  return `the bus is ${bus.isAway ? 'away' : 'back'}`;
}

function breakStore(history: History): string {
  history.storeFault = history.random.pick<StoreFault>(['none', 'none', 'none', 'before-commit', 'after-commit']);
  return `the store's fault is ${history.storeFault}`;
}

function rollOver(history: History): string | null {
  const { list, network, store } = history;
  if (!hasList(history)) return null;
  const head = store.rollOver(list);
  history.rolloverCount += 1;
  network.announce({ kind: 'head', list, ...head });
  return `epoch ${String(head.epoch)} begins at ${String(head.seq)}`;
}

function backUp({ backups, store }: History): string {
  backups.push(store.backup());
  return `backup ${String(backups.length - 1)} is taken`;
}

/** Any backup, also one of an epoch before that of the list. */
function restore(history: History): string {
  const { list, made, random, store } = history;
  const backup = random.pick(history.backups);
  const current = readLog(history);
  if (current !== null) {
    const { document } = current;
    made.noteRestore((name) => ownState(document, name) !== null);
    if ((backup.lists.get(list)?.epoch ?? 0) < document.epoch) made.noteLostEpoch();
    document.dispose();
  }
  store.restore(backup);
  history.restoreCount += 1;
  return `backup ${String(history.backups.indexOf(backup))} is restored`;
}

function hasList({ devices, list, store }: History): boolean {
  return devices.some(({ identity: { userId } }) => store.memberships(userId).some((each) => each.list === list));
}
