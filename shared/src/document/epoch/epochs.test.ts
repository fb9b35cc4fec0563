import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../testing/seeded-random.ts';
import { addItem } from '../commands/add-item.ts';
import { setNote } from '../commands/edit-item.ts';
import { clearTicked, forgetProduct } from '../commands/remove-items.ts';
import { tickItem } from '../commands/tick-item.ts';
import { anna, describeView, phone } from '../fixtures/family.ts';
import { ListDocument } from '../list-document.ts';
import type { ApplyResult } from '../replica.ts';
import { carryOver } from './carry-over.ts';
import { keepValues } from './key-values.ts';
import { seedEpoch } from './seed-epoch.ts';

function requireApplied(results: readonly ApplyResult[]): void {
  const refused = results.find((result) => !result.applied);
  if (refused) throw new Error(JSON.stringify(refused));
}

/** What the api keeps of a list: sealed epochs, and the log and state of the one that runs. */
class Server {
  readonly #random: SeededRandom;
  readonly #sealed: ListDocument[] = [];
  #log: Uint8Array[] = [];
  #running: ListDocument;

  constructor(random: SeededRandom) {
    this.#random = random;
    this.#running = this.#open([]);
  }

  get epoch(): number {
    return this.#sealed.length;
  }

  /** Everything of the running epoch from a cursor on. */
  pull(cursor: number): { updates: readonly Uint8Array[]; head: number } {
    return { updates: this.#log.slice(cursor), head: this.#log.length };
  }

  /** An update of a sealed epoch is carried over through every epoch since. */
  push(epoch: number, updates: readonly Uint8Array[]): void {
    let late = updates;
    for (let i = epoch; i < this.epoch && late.length > 0; i++) late = this.#carry(i, late);
    requireApplied(this.#running.applyAll(late, 'remote'));
    this.#log.push(...late);
  }

  rollOver(nowMs: number): void {
    this.#sealed.push(this.#running);
    this.#running = seedEpoch(this.#running, this.epoch, { nowMs, clientId: this.#random.uint32() });
    this.#log = [this.#running.encode()];
  }

  #carry(epoch: number, updates: readonly Uint8Array[]): readonly Uint8Array[] {
    const [sealed = phone(1), next] = this.#sealed.slice(epoch, epoch + 2);
    const merged = this.#open([sealed.encode(), ...updates]);
    const late = { before: keepValues(sealed), after: keepValues(merged) };
    return carryOver(late, next === undefined ? this.#running : this.#open([next.encode()]));
  }

  #open(updates: readonly Uint8Array[]): ListDocument {
    const doc = new ListDocument({ clientId: this.#random.uint32() });
    requireApplied(doc.applyAll(updates, 'storage'));
    return doc;
  }
}

/** A phone that is mostly offline. */
class Device {
  readonly #server: Server;
  readonly #random: SeededRandom;
  #unsent: Uint8Array[] = [];
  #cursor = 0;
  #epoch = 0;
  doc: ListDocument;

  constructor(server: Server, random: SeededRandom) {
    this.#server = server;
    this.#random = random;
    this.doc = this.#open();
  }

  sync(): void {
    this.#server.push(this.#epoch, this.#unsent);
    this.#unsent = [];
    if (this.#epoch < this.#server.epoch) this.doc = this.#open();
    const { updates, head } = this.#server.pull(this.#cursor);
    requireApplied(this.doc.applyAll(updates, 'remote'));
    this.#cursor = head;
  }

  #open(): ListDocument {
    this.#epoch = this.#server.epoch;
    this.#cursor = 0;
    const doc = new ListDocument({ clientId: this.#random.uint32(), epoch: this.#epoch });
    doc.onLocalUpdate((update) => this.#unsent.push(update));
    return doc;
  }
}

const week = 7 * 24 * 60;

/** One thing that somebody does; what begins with `own` is left alone by everybody but who adds it. */
function actAtRandom(device: Device, name: string, minute: number, random: SeededRandom): string | null {
  const author = anna(minute);
  const { doc } = device;
  const shared = doc.view.items.filter((item) => !item.name.startsWith('own'));
  const chance = random.fraction();
  const item = shared.length > 0 ? random.pick(shared) : null;
  if (chance < 0.25)
    addItem(doc, { name: `I${random.integer(25)}`, amount: { quantity: 1 + random.integer(3), unit: '' } }, author);
  else if (chance < 0.3) return doc.item(addItem(doc, { name: `own ${name}` }, author).id)?.name ?? null;
  else if (chance < 0.5 && item) tickItem(doc, item.id, author);
  else if (chance < 0.6 && item) setNote(doc, item.id, `note ${minute}`, author);
  else if (chance < 0.65) clearTicked(doc, author);
  else if (chance < 0.7 && item) forgetProduct(doc, item.id, author);
  else device.sync();
  return null;
}

describe('epochs at random', () => {
  it(
    'D6 three phones, mostly offline, through epochs that forget: nothing diverges, is lost, or loses its name, in 300 runs',
    { timeout: 120_000 },
    () => {
      for (let seed = 1; seed <= 300; seed++) {
        const random = new SeededRandom(seed);
        const server = new Server(random);
        const devices = ['a', 'b', 'c'].map((name) => ({ name, device: new Device(server, random) }));
        const owned: string[] = [];
        for (let i = 0, minute = 0; i < 120; i++, minute += week) {
          const { name, device } = random.pick(devices);
          if (random.chance(0.05)) server.rollOver(anna(minute).nowMs);
          const own = actAtRandom(device, `${name} ${i}`, minute, random);
          if (own !== null) owned.push(own);
        }
        for (let round = 0; round < 3; round++) for (const { device } of devices) device.sync();
        const views = devices.map(({ device }) => describeView(device.doc));
        expect(new Set(views).size, `seed ${seed}: ${views.join(' | ')}`).toBe(1);
        const [doc] = devices.map(({ device }) => device.doc);
        const listed = new Set((doc ?? phone(1)).view.items.map((item) => item.name));
        expect(
          owned.filter((name) => !listed.has(name)),
          `seed ${seed}`,
        ).toEqual([]);
        for (const id of doc?.keys('w') ?? []) expect(doc?.read('p', id), `seed ${seed}`).toBeDefined();
      }
    },
  );
});
