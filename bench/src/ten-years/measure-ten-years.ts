import { gzipSync } from 'node:zlib';
import { ListDocument, seedEpoch } from '@trolley/shared/document';
import { createMemberId } from '@trolley/shared/protocol';
import { SeededRandom } from '@trolley/shared/testing';
import { FamilyPhone } from './family-phone.ts';
import { deviceCount, weekMs } from './sessions.ts';
import { makeWorkload, workloadStartMs, type FamilyEvent } from './workload.ts';

/** What a list costs that a family of four has used for years. */
export interface TenYears {
  /** Size of the whole document, as it is stored and as it is sent compressed. */
  readonly encodedBytes: number;
  readonly gzipBytes: number;
  /** From the bytes to the list on the screen, guard included; milliseconds of processor time. */
  readonly loadMs: number;
  readonly clientIds: number;
  readonly structs: number;
}

const epochWeeks = 26;

/**
 * Lives through the years of `makeWorkload` on four phones that are often offline, with a new client id for every time the app is
 * opened and a new epoch every 26 weeks, and measures the document at the end. The defaults are the ten years of the goal:
 * at most 104 KB that load in 15 ms.
 */
export function measureTenYears({ weeks = 520, seed = 42 } = {}): TenYears {
  const family = new Family(seed);
  let week = 0;
  for (const event of makeWorkload(weeks, seed)) {
    for (; event.atMs >= workloadStartMs + (week + 1) * weekMs; week++) {
      if ((week + 1) % epochWeeks === 0 && week + 1 < weeks) family.rollOver(workloadStartMs + (week + 1) * weekMs);
    }
    family.live(event);
  }
  return measure(family.meet());
}

/** Four phones and the log between them. */
class Family {
  readonly #random: SeededRandom;
  #epoch = 0;
  #phones: FamilyPhone[];

  constructor(seed: number) {
    this.#random = new SeededRandom(seed + 1);
    this.#phones = this.#pickUpPhones([]);
  }

  live(event: FamilyEvent): void {
    this.#phones[event.device]?.live(event);
  }

  /** Has everybody send and fetch everything; returns the document that they then all have. */
  meet(): ListDocument {
    for (let round = 0; round < 2; round++) for (const phone of this.#phones) phone.sync();
    const [first, ...others] = this.#phones.map(({ doc }) => doc);
    if (!first) throw new Error('nobody is there');
    const shown = JSON.stringify(first.view);
    if (others.some((doc) => JSON.stringify(doc.view) !== shown)) throw new Error('the phones show different lists');
    return first;
  }

  rollOver(nowMs: number): void {
    this.#epoch++;
    const seed = seedEpoch(this.meet(), this.#epoch, { nowMs, clientId: this.#random.uint32() });
    this.#phones = this.#pickUpPhones([seed.encode()]);
  }

  #pickUpPhones(log: Uint8Array[]): FamilyPhone[] {
    const nextClientId = () => this.#random.uint32();
    const randomBytes = (byteLength: number) => this.#random.bytes(byteLength);
    return Array.from({ length: deviceCount }, () => new FamilyPhone(createMemberId(randomBytes), log, nextClientId));
  }
}

function measure(doc: ListDocument): TenYears {
  const state = doc.encode();
  const { clientIds, structs, encodedBytes } = doc.stats();
  return { encodedBytes, gzipBytes: gzipSync(state).length, loadMs: loadTimeMs(state), clientIds, structs };
}

/** Processor time, and the 10th percentile of the runs, so that other work on the machine does not count. */
function loadTimeMs(state: Uint8Array): number {
  const tookMs = Array.from({ length: 30 }, () => {
    const started = process.cpuUsage();
    const doc = new ListDocument();
    doc.apply(state, 'storage');
    if (doc.view.items.length === 0) throw new Error('the list is empty');
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  });
  return tookMs.sort((a, b) => a - b)[3] ?? NaN;
}
