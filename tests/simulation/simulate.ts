import { addItem, ListDocument, type ListView } from '@trolley/shared/document';
import { createListId, type ListId, type LogService } from '@trolley/shared/protocol';
import { FakeClock, MemoryLog, SeededRandom, type StoreFault } from '@trolley/shared/testing';
import { Device, type Tab } from './device.ts';
import { FakeNetwork } from './fake-network.ts';
import { MadeEdits } from './made-edits.ts';
import { ownPrefix, randomCommand } from './random-command.ts';
import { SlowLog } from './slow-log.ts';
import { slowStorage } from './wrap-storage.ts';

const deviceNames = ['anna', 'ben', 'clara', 'dave'];
const stepCount = 60;
const healLimitMs = 180_000;

/** What a history came to. Empty `problems` means: everything that was made is in the log, and all see the same. */
export interface SimulationResult {
  seed: number;
  problems: string[];
  /** Edits that were made, and those of them that a tab took with it into its death. */
  editCount: number;
  forgivenCount: number;
  /** What the log says in the end. */
  outcome: string;
  /** The steps of this history, to read when there are problems. */
  trace: string[];
}

export interface SimulationOptions {
  /** Puts something between the relay and the log: a test plants its faults here, to see that they are found. */
  wrapLog?: (log: LogService, random: SeededRandom) => LogService;
}

/**
 * One history: four devices do random things to one list while the network drops, delays and reorders, the relay and the store crash, and tabs
 * are killed and reopened. Then everything heals, and the outcome is checked. The same seed gives the same history.
 */
export async function simulate(seed: number, options: SimulationOptions = {}): Promise<SimulationResult> {
  const history = new History(seed, options);
  try {
    await history.begin();
    for (let step = 0; step < stepCount; step += 1) await history.step();
    await history.heal();
    const problems = await history.check();
    return { seed, problems, ...history.counts, outcome: history.outcome, trace: history.trace };
  } finally {
    history.end();
  }
}

class History {
  readonly trace: string[] = [];
  outcome = '';
  readonly #random: SeededRandom;
  readonly #clock = new FakeClock();
  readonly #log = new MemoryLog();
  readonly #network: FakeNetwork;
  readonly #devices: Device[];
  readonly #made = new MadeEdits();
  #ownCount = 0;
  #list: ListId | null = null;
  #storeFault: StoreFault = 'none';

  constructor(seed: number, options: SimulationOptions) {
    this.#random = new SeededRandom(seed);
    this.#log.nextFault = () => this.#storeFault;
    const [clock, random] = [this.#clock, this.#random];
    const log = new SlowLog(options.wrapLog?.(this.#log, random) ?? this.#log, clock, random);
    this.#network = new FakeNetwork({ clock, random, log });
    const world = { clock, random, log: this.#log, network: this.#network };
    this.#devices = deviceNames.map((name) => {
      const storage = this.#made.createStorage();
      return new Device(name, world, { storage: random.chance(0.25) ? slowStorage(storage, clock, random) : storage });
    });
  }

  get counts(): { editCount: number; forgivenCount: number } {
    const { updates, forgivenCount } = this.#made;
    return { editCount: updates.length + forgivenCount, forgivenCount };
  }

  async begin(): Promise<void> {
    this.#list = createListId((byteLength) => this.#random.bytes(byteLength));
    for (const device of this.#devices) {
      this.#log.create(this.#list, device.identity.userId);
      this.#log.setRole(this.#list, device.identity.userId, 'editor');
      device.beginSession();
      void device.storage.saveList(this.#list, {});
      this.#openTab(device);
    }
    await this.#clock.advance(2_000);
  }

  async step(): Promise<void> {
    const device = this.#random.pick(this.#devices);
    const roll = this.#random.integer(100);
    if (roll < 60) this.#command(device);
    else if (roll < 66) this.#toggleNetwork(device);
    else if (roll < 69) this.#cut(device);
    else if (roll < 71) this.#silence(device);
    else if (roll < 76) this.#reopenTab(device);
    else if (roll < 79) this.#secondTab(device);
    else if (roll < 83) this.#toggleRelay();
    else if (roll < 89) this.#breakStore();
    await this.#clock.advance(this.#random.pick([0, 20, 100, 400, 3_000]));
  }

  /** Everything works again, and nobody touches anything: all must come together by itself. */
  async heal(): Promise<void> {
    this.#storeFault = 'none';
    if (this.#network.relay === null) this.#network.startRelay();
    for (const device of this.#devices) {
      // Only the network's return wakes anybody: what was cut off otherwise must come back of its own accord.
      if (!device.isOnline) this.#setNetwork(device, true);
      if (device.tabs.length === 0) this.#openTab(device);
    }
    const deadlineMs = this.#clock.nowMs() + healLimitMs;
    // Quiet for a while: a connection that broke before may not have noticed yet, and all may look well for a moment.
    for (let quietMs = 0; quietMs < 3_000 && this.#clock.nowMs() < deadlineMs;) {
      await this.#clock.advance(1_000);
      quietMs = this.#isQuiet() ? quietMs + 1_000 : 0;
    }
  }

  async check(): Promise<string[]> {
    const final = new ListDocument();
    const misfits = this.#committed().filter((update) => !final.apply(update, 'remote').applied);
    const problems = misfits.map(() => 'the log has an update that does not fit');
    const wanted = describe(final.view);
    this.outcome = wanted;
    for (const { device, tab } of this.#tabs()) {
      const state = tab.open?.state.kind ?? 'closed';
      if (state !== 'saved') problems.push(`${device.name} is still ${state}`);
      const seen = tab.open === null ? '' : describe(tab.open.document.view);
      if (seen !== wanted) problems.push(`${device.name} diverged: sees ${seen}, the log says ${wanted}`);
    }
    const before = final.encode();
    for (const update of this.#made.updates) final.apply(update, 'remote');
    if (!sameBytes(before, final.encode())) problems.push('an edit that was made is not in the log');
    for (const { name, quantity } of this.#made.ownItems) {
      const item = final.view.items.find((candidate) => candidate.name === name);
      if (item?.amount.quantity !== quantity) problems.push(`lost: ${name} × ${String(quantity)}`);
    }
    final.dispose();
    for (const device of this.#devices) {
      const waiting = device.storage.waitingLists();
      await this.#clock.advance(100);
      if ((await waiting).length > 0) problems.push(`${device.name} has edits that never left`);
    }
    return problems;
  }

  end(): void {
    for (const device of this.#devices) for (const tab of [...device.tabs]) device.killTab(tab);
  }

  #tabs(): { device: Device; tab: Tab }[] {
    return this.#devices.flatMap((device) => device.tabs.map((tab) => ({ device, tab })));
  }

  /** Nothing waits, and everybody has read the log to its end. */
  #isQuiet(): boolean {
    const head = this.#committed().length;
    return this.#tabs().every(({ tab: { open } }) => open?.state.kind === 'saved' && open.cursor === head);
  }

  /** It opens while time goes on. */
  #openTab(device: Device): void {
    if (this.#list === null) throw new Error('no list yet');
    void device.openTab(this.#list).then(({ open }) => {
      if (open !== null) this.#made.watch(open.document);
    });
  }

  #command(device: Device): void {
    if (device.tabs.length === 0) return;
    const tab = this.#random.pick(device.tabs);
    const document = tab.open?.document;
    if (document === undefined) return;
    const author = device.author(tab);
    if (this.#random.chance(0.2)) {
      const name = `${ownPrefix}${device.name} ${this.#ownCount}`;
      this.#ownCount += 1;
      const quantity = 2 + this.#random.integer(9);
      addItem(document, { name, amount: { quantity, unit: '' } }, author);
      this.#made.noteOwnItem({ name, quantity });
      this.#note(`${device.name} adds ${name}`);
      return;
    }
    randomCommand(document, author, this.#random);
    this.#note(`${device.name} does something`);
  }

  #toggleNetwork(device: Device): void {
    this.#setNetwork(device, !device.isOnline);
    this.#note(`${device.name} is ${device.isOnline ? 'online' : 'offline'}`);
  }

  #setNetwork(device: Device, isOnline: boolean): void {
    device.isOnline = isOnline;
    for (const tab of device.tabs) {
      if (isOnline) tab.client.wake();
      else if (this.#random.chance(0.5)) tab.client.loseNetwork();
      else tab.cut();
    }
  }

  #cut(device: Device): void {
    for (const tab of device.tabs) tab.cut();
    this.#note(`${device.name}'s connection breaks`);
  }

  #silence(device: Device): void {
    for (const tab of device.tabs) tab.silence();
    this.#note(`${device.name}'s connection goes dead`);
  }

  #reopenTab(device: Device): void {
    const tab = device.tabs[0];
    if (tab !== undefined) this.#kill(device, tab);
    this.#openTab(device);
    this.#note(`${device.name}'s tab is killed and reopened`);
  }

  #kill(device: Device, tab: Tab): void {
    if (tab.open !== null) this.#made.forgive(tab.open.document);
    device.killTab(tab);
  }

  #secondTab(device: Device): void {
    if (device.tabs.length > 1) return;
    this.#openTab(device);
    this.#note(`${device.name} opens a second tab`);
  }

  #toggleRelay(): void {
    if (this.#network.relay === null) this.#network.startRelay();
    else this.#network.killRelay();
    this.#note(`the relay is ${this.#network.relay === null ? 'killed' : 'back'}`);
  }

  #breakStore(): void {
    this.#storeFault = this.#random.pick<StoreFault>(['none', 'none', 'before-commit', 'after-commit']);
    this.#note(`the store's fault is ${this.#storeFault}`);
  }

  #committed(): Uint8Array[] {
    if (this.#list === null) throw new Error('no list yet');
    return this.#log.committed(this.#list);
  }

  #note(what: string): void {
    this.trace.push(`${String(this.#clock.nowMs())} ${what}`);
  }
}

function describe(view: ListView): string {
  return view.items
    .map(({ name, isTicked, amount, note, category }) =>
      [isTicked ? '[x]' : '[ ]', name, `${String(amount.quantity)}${amount.unit}`, note, category].join(' ').trim(),
    )
    .join(' | ');
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, position) => byte === b[position]);
}
