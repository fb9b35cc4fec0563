import { createListId, type ListId } from '@trolley/shared/protocol';
import { FakeClock, MemoryLog, SeededRandom, type MemoryBackup, type StoreFault } from '@trolley/shared/testing';
import { Device, type Tab } from './device.ts';
import { FakeNetwork } from './fake-network.ts';
import { MadeEdits } from './made-edits.ts';
import type { SimulationOptions } from './simulate.ts';
import { SlowLog } from './slow-log.ts';
import { slowStorage } from './wrap-storage.ts';

const deviceNames = ['anna', 'ben', 'clara', 'dave'];
const nodeCount = 2;
const healLimitMs = 240_000;

/** The world of one history: four devices with one list, two nodes and a store. */
export class History {
  readonly trace: string[] = [];
  readonly random: SeededRandom;
  readonly clock = new FakeClock();
  readonly store: MemoryLog;
  readonly network: FakeNetwork;
  readonly devices: readonly Device[];
  readonly made = new MadeEdits();
  readonly list: ListId;
  readonly backups: MemoryBackup[] = [];
  storeFault: StoreFault = 'none';
  rolloverCount = 0;
  restoreCount = 0;

  constructor(seed: number, options: SimulationOptions) {
    this.random = new SeededRandom(seed);
    const { clock, random } = this;
    this.list = createListId((byteLength) => random.bytes(byteLength));
    this.store = (options.createStore ?? ((parts) => new MemoryLog(parts)))({ clock, random });
    this.store.nextFault = () => this.storeFault;
    this.network = new FakeNetwork({
      clock,
      random,
      store: this.store,
      nodeCount,
      wrapLog: (log) => new SlowLog(options.wrapLog?.(log, random) ?? log, clock, random),
    });
    const world = { clock, random, log: this.store, network: this.network };
    this.devices = deviceNames.map((name) => {
      const storage = this.made.createStorage();
      return new Device(name, world, { storage: random.chance(0.25) ? slowStorage(storage, clock, random) : storage });
    });
  }

  get counts(): Record<'editCount' | 'forgivenCount' | 'rolloverCount' | 'restoreCount', number> {
    const { count, forgivenCount } = this.made;
    const { rolloverCount, restoreCount } = this;
    return { editCount: count + forgivenCount, forgivenCount, rolloverCount, restoreCount };
  }

  get tabs(): { device: Device; tab: Tab }[] {
    return this.devices.flatMap((device) => device.tabs.map((tab) => ({ device, tab })));
  }

  /** Everybody has the list open. Before it, a backup is taken of a store that has no list. */
  async begin(): Promise<void> {
    this.backups.push(this.store.backup());
    for (const [index, device] of this.devices.entries()) {
      const role = index === 0 ? 'owner' : 'editor';
      this.store.create(this.list, device.identity.userId);
      this.store.setRole(this.list, device.identity.userId, role);
      device.beginSession();
      void device.storage.saveList(this.list, { role });
      this.openTab(device);
    }
    await this.clock.advance(2_000);
  }

  /** It opens while time goes on. */
  openTab(device: Device): void {
    void device.startTab().then((tab) => {
      this.openList(tab);
    });
  }

  openList(tab: Tab): void {
    void tab.client.open(this.list).then(
      (open) => {
        tab.open = open;
        this.made.watch(open.document, tab);
        open.on((event) => {
          if (event === 'document') this.made.watch(open.document, tab);
        });
      },
      // A list that is on no phone any more and that the server does not show: who is let in again opens it again.
      () => undefined,
    );
  }

  kill(device: Device, tab: Tab): void {
    this.made.forgive(tab);
    device.killTab(tab);
  }

  setNetwork(device: Device, isOnline: boolean): void {
    device.isOnline = isOnline;
    for (const tab of device.tabs) {
      if (isOnline) tab.client.wake();
      else if (this.random.chance(0.5)) tab.client.loseNetwork();
      else tab.cut();
    }
  }

  /** Whoever is no member any more, because the backup was made before they came, is let in again. */
  invite(): void {
    const members = this.devices.map(({ identity: { userId } }) => this.store.memberships(userId));
    if (members.every((lists) => lists.length === 0)) return;
    for (const [index, device] of this.devices.entries()) {
      if (members[index]?.length !== 0) continue;
      const { userId } = device.identity;
      this.store.setRole(this.list, userId, 'editor');
      this.network.announce({ kind: 'access', list: this.list, userId, role: 'editor' });
      for (const tab of device.tabs) tab.client.wake();
    }
  }

  /** Everything works again, and nobody touches anything: all must come together by itself. */
  async heal(): Promise<void> {
    this.storeFault = 'none';
    this.network.bus.isAway = false;
    // A restore is done with all servers stopped (S51). Phones that heard nothing since, or that were told that a list is gone and do not know of
    // its return, are told by that alone.
    const mustRestart =
      this.network.isOutdated || !this.store.has(this.list) || this.tabs.some(({ tab }) => tab.open?.access === null);
    for (let node = 0; node < nodeCount; node += 1) {
      if (mustRestart && this.network.isRunning(node)) this.network.stop(node, false);
      this.network.start(node);
    }
    for (const device of this.devices) {
      // Only the network's return wakes anybody: what was cut off otherwise must come back of its own accord.
      if (!device.isOnline) this.setNetwork(device, true);
      if (device.tabs.length === 0) this.openTab(device);
      for (const tab of device.tabs) if (tab.open === null) this.openList(tab);
    }
    const deadlineMs = this.clock.nowMs() + healLimitMs;
    // Quiet for a while: a connection that broke before may not have noticed yet, and all may look well for a moment.
    for (let quietMs = 0; quietMs < 3_000 && this.clock.nowMs() < deadlineMs;) {
      await this.clock.advance(1_000);
      this.invite();
      quietMs = (await this.#isQuiet()) ? quietMs + 1_000 : 0;
    }
  }

  note(what: string): void {
    this.trace.push(`${String(this.clock.nowMs())} ${what}`);
  }

  end(): void {
    for (const { device, tab } of this.tabs) device.killTab(tab);
  }

  /** Nothing waits, and everybody has read the log to its end. */
  async #isQuiet(): Promise<boolean> {
    const head = (await this.store.heads([this.list])).get(this.list);
    return this.tabs.every(
      ({ tab: { open } }) =>
        open?.state.kind === 'saved' && open.cursor === head?.seq && open.document.epoch === head.epoch,
    );
  }
}
