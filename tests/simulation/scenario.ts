import { addItem, ListDocument } from '@trolley/shared/document';
import type { Identity, ListId, Role } from '@trolley/shared/protocol';
import type { OpenList } from '@trolley/shared/sync';
import { FakeClock, MemoryLog, SeededRandom } from '@trolley/shared/testing';
import { Device, type Tab } from './device.ts';
import { FakeNetwork } from './fake-network.ts';

/** Long enough for everything that needs no person and no timer of more than a second. */
const momentMs = 2_000;

/** One story on the fake network, told step by step. */
export class Scenario {
  readonly clock = new FakeClock();
  readonly log = new MemoryLog();
  readonly network: FakeNetwork;
  readonly #random = new SeededRandom(20_271_121);
  readonly #devices: Device[] = [];

  constructor() {
    this.network = new FakeNetwork({ clock: this.clock, random: this.#random, store: this.log });
  }

  /** A phone of somebody who has been here before, or of somebody new. */
  device(name: string, options: { isNew?: boolean; identity?: Identity } = {}): Device {
    const { clock, log, network } = this;
    const { identity } = options;
    const device = new Device(
      name,
      { clock, log, network, random: this.#random },
      identity === undefined ? {} : { identity },
    );
    if (options.isNew !== true) device.beginSession();
    this.#devices.push(device);
    return device;
  }

  /** A list that these people share, open on a tab of each. */
  async share(...people: [device: Device, role: Role][]): Promise<{ list: ListId; tabs: Tab[] }> {
    const [owner] = people[0] ?? [];
    if (owner === undefined) throw new Error('nobody');
    const first = await owner.startTab();
    const list = await first.client.create('Home');
    first.open = await first.client.open(list);
    await this.pass();
    for (const [device, role] of people.slice(1)) this.log.setRole(list, device.identity.userId, role);
    const tabs = [first];
    for (const [device] of people.slice(1)) tabs.push(await this.openTab(device, list));
    await this.pass();
    this.network.pushes.length = 0;
    return { list, tabs };
  }

  /** Opens a tab while time goes on. */
  async openTab(device: Device, list: ListId): Promise<Tab> {
    return this.during(device.openTab(list));
  }

  /** Lets time go on until this is done; gives up after a minute. */
  async during<T>(work: Promise<T>): Promise<T> {
    const progress = { isOver: false };
    const over = work.finally(() => {
      progress.isOver = true;
    });
    over.catch(() => undefined);
    for (let passedMs = 0; passedMs < 60_000; passedMs += 50) {
      await this.clock.advance(50);
      if (progress.isOver) return over;
    }
    throw new Error('it did not come to its end within a minute');
  }

  /** Lets some time go by. */
  async pass(durationMs = momentMs): Promise<void> {
    await this.clock.advance(durationMs);
  }

  /** Somebody adds an item. Returns its update. */
  add(device: Device, tab: Tab, name: string): Uint8Array {
    const { document } = opened(tab);
    const updates: Uint8Array[] = [];
    const stop = document.onLocalUpdate((update) => updates.push(update));
    addItem(document, { name }, device.author(tab));
    stop();
    const [update] = updates;
    if (update === undefined) throw new Error(`${name} was there already`);
    return update;
  }

  /** What the log says. */
  committed(list: ListId): string[] {
    const document = new ListDocument();
    for (const update of this.log.committed(list)) document.apply(update, 'remote');
    return namesIn(document);
  }

  end(): void {
    for (const device of this.#devices) for (const tab of [...device.tabs]) device.killTab(tab);
  }
}

/** The list that a tab has open. */
export function opened(tab: Tab): OpenList {
  if (tab.open === null) throw new Error('this tab has no list open');
  return tab.open;
}

/** What a tab shows. */
export function seenIn(tab: Tab): string[] {
  return namesIn(opened(tab).document);
}

function namesIn(document: ListDocument): string[] {
  return document.view.items.map((item) => item.name).toSorted();
}
