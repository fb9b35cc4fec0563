import type { ListId } from '@trolley/shared/protocol';
import type { OpenList } from '@trolley/shared/sync';
import type { SeededRandom } from '@trolley/shared/testing';
import { vi } from 'vitest';
import { NodePhone, untilSaved } from '../node-phone.ts';
import { brokenClaims, Ledger } from './ledger.ts';
import { untilNone } from './until-none.ts';

const phoneCount = 10;
const listCount = 5;
/** How often each phone writes, on the average. */
const paceMs = 100;
const gatherTimeoutMs = 20_000;
/** Edits that each phone makes on each of its lists at once. */
const burstEdits = 3;

interface Member {
  readonly phone: NodePhone;
  readonly ledgers: Ledger[];
  isGone: boolean;
}

/** Ten phones on five lists, two lists a phone and four phones a list, who write all the time. */
export class Crowd implements AsyncDisposable {
  readonly #url: string;
  readonly #random: SeededRandom;
  /** Each crowd is a household of its own: limits per address are not what is tested. */
  readonly #address: string;
  readonly #members: Member[] = [];
  readonly #owners = new Map<ListId, NodePhone>();
  readonly #writers = new Set<ReturnType<typeof setInterval>>();

  private constructor(url: string, random: SeededRandom) {
    this.#url = url;
    this.#random = random;
    this.#address = `198.51.${random.integer(256)}.${random.integer(256)}`;
  }

  /** Resolves when every phone has its lists. */
  static async gather(url: string, random: SeededRandom): Promise<Crowd> {
    const crowd = new Crowd(url, random);
    for (let index = 0; index < phoneCount; index += 1) {
      const phone = await NodePhone.create(url, { address: crowd.#address });
      crowd.#members.push({ phone, ledgers: [], isGone: false });
    }
    for (let index = 0; index < listCount; index += 1) await crowd.#beginList(index);
    await crowd.untilSaved(gatherTimeoutMs);
    return crowd;
  }

  get madeCount(): number {
    return this.#sum((ledger) => ledger.madeCount);
  }

  get savedCount(): number {
    return this.#sum((ledger) => ledger.savedCount);
  }

  /** Longest time from an edit to the chip that called it saved. */
  get longestToSavedMs(): number {
    return Math.max(...this.#members.flatMap(({ ledgers }) => ledgers.map((ledger) => ledger.longestToSavedMs)));
  }

  startWriting(): void {
    for (const member of this.#members) {
      const write = () => {
        if (!member.isGone) this.#random.pick(member.ledgers).write(this.#random);
      };
      this.#writers.add(setInterval(write, paceMs * (0.5 + this.#random.fraction())));
    }
  }

  stopWriting(): void {
    for (const writer of this.#writers) clearInterval(writer);
    this.#writers.clear();
  }

  /** Resolves when that many edits more have been called saved. */
  async untilMoreSaved(count: number, timeoutMs: number): Promise<void> {
    const goal = this.savedCount + count;
    await untilNone(() => (this.savedCount < goal ? [`${this.savedCount} of ${goal} saved`] : []), timeoutMs);
  }

  /** Everybody writes at once. Resolves with the first answer to that, when most of it is still under way. */
  async burst(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const ledgers = this.#living.flatMap((member) => member.ledgers);
    const stops = ledgers.map((ledger) =>
      ledger.onSaved(() => {
        resolve(undefined);
      }),
    );
    for (const ledger of ledgers) for (let edit = 0; edit < burstEdits; edit += 1) ledger.write(this.#random);
    await promise;
    for (const stop of stops) stop();
  }

  /** Some phones fall into the lake: what they have not called saved may be gone with them, and nothing else. */
  async lose(count: number): Promise<void> {
    for (let lost = 0; lost < count; lost += 1) {
      const member = this.#random.pick(this.#living.filter(({ phone }) => !this.#isOwner(phone)));
      member.isGone = true;
      for (const ledger of member.ledgers) ledger.close();
      await member.phone.client.dispose();
    }
  }

  /** Resolves when every phone calls every edit saved. Nobody touches a phone meanwhile. */
  async untilSaved(timeoutMs: number): Promise<void> {
    const unsaved = () =>
      this.#living.flatMap(({ ledgers }) => ledgers.filter((ledger) => !ledger.isSaved).map(({ list }) => list.state));
    await untilNone(unsaved, timeoutMs);
  }

  /** Resolves when all phones show the same of each list. */
  async untilAlike(timeoutMs: number): Promise<void> {
    const unlike = () => [...this.#owners.keys()].filter((list) => new Set(this.#copies(list).map(screen)).size > 1);
    await untilNone(unlike, timeoutMs);
  }

  /** Resolves when each roster names the people who are there, and nobody else. */
  async untilRostersAreRight(timeoutMs: number): Promise<void> {
    const wrong = () =>
      [...this.#owners.keys()].flatMap((list) => {
        const there = this.#people(list);
        return this.#copies(list)
          .map(({ roster }) => [...new Set(roster.map(({ memberId }) => String(memberId)))].toSorted())
          .filter((names) => names.join() !== there.join());
      });
    await untilNone(wrong, timeoutMs);
  }

  /** What a newcomer, who has only what the server has, misses of what anybody was shown as saved; nothing, as sentences. */
  async missedByNewcomer(): Promise<string[]> {
    // Just after all nodes were restarted the gateway may still pass over each, for three seconds. Phones try again too.
    const create = () => NodePhone.create(this.#url, { address: this.#address });
    await using newcomer = await vi.waitFor(create, { timeout: 5_000, interval: 250 });
    const problems: string[] = [];
    for (const [list, owner] of this.#owners) {
      const fresh = await newcomer.join(list, owner.account);
      const claims = this.#members.flatMap(({ ledgers, isGone }) =>
        ledgers.filter((ledger) => ledger.list.list === list).flatMap((ledger) => ledger.claims(isGone)),
      );
      problems.push(...brokenClaims(claims, fresh.document.view.items));
      const [copy] = this.#copies(list);
      if (copy !== undefined && screen(copy) !== screen(fresh)) problems.push(`${list} is not what the phones show`);
    }
    return problems;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stopWriting();
    await Promise.all(this.#living.map(({ phone }) => phone.client.dispose()));
  }

  get #living(): Member[] {
    return this.#members.filter(({ isGone }) => !isGone);
  }

  async #beginList(index: number): Promise<void> {
    const members = this.#members.filter((_member, at) => at % listCount === index || (at + 2) % listCount === index);
    const [owner] = members;
    if (owner === undefined) return;
    const list = await owner.phone.client.create(`List ${index}`);
    this.#owners.set(list, owner.phone);
    const own = await owner.phone.client.open(list);
    await untilSaved([own], gatherTimeoutMs);
    for (const member of members) {
      const open = member === owner ? own : await member.phone.join(list, owner.phone.account);
      member.ledgers.push(new Ledger(member.phone, open, `phone ${this.#members.indexOf(member)}`));
    }
  }

  #isOwner(phone: NodePhone): boolean {
    return [...this.#owners.values()].includes(phone);
  }

  #copies(list: ListId): OpenList[] {
    return this.#living.flatMap(({ ledgers }) =>
      ledgers.map((ledger) => ledger.list).filter((open) => open.list === list),
    );
  }

  /** Who has the list open. */
  #people(list: ListId): string[] {
    return this.#living
      .filter(({ ledgers }) => ledgers.some((ledger) => ledger.list.list === list))
      .map(({ phone }) => String(phone.account.memberId))
      .toSorted();
  }

  #sum(count: (ledger: Ledger) => number): number {
    return this.#members.reduce((sum, { ledgers }) => sum + ledgers.reduce((own, ledger) => own + count(ledger), 0), 0);
  }
}

/** All that a list shows. */
function screen({ document }: OpenList): string {
  return JSON.stringify(document.view);
}
