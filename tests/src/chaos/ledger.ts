import { addItem, setAmount, type Item } from '@trolley/shared/document';
import type { OpenList } from '@trolley/shared/sync';
import type { SeededRandom } from '@trolley/shared/testing';
import { ownPrefix, randomCommand } from '../../simulation/random-command.ts';
import type { NodePhone } from '../node-phone.ts';

/** Items that one phone keeps changing on one list. */
const ownItems = 12;

interface Edit {
  readonly name: string;
  /** Each edit of an item raises it: the larger one is the later one. */
  readonly quantity: number;
  readonly madeAtMs: number;
}

/** What must be on the list of an item: the last edit of a phone that lives, at least the last one shown as saved of one that is gone. */
export interface Claim {
  readonly name: string;
  readonly atLeast: number;
  readonly atMost: number;
}

/** One phone's work on one list, on items that nobody else touches, and what of it the phone has called saved. */
export class Ledger {
  readonly list: OpenList;
  readonly #phone: NodePhone;
  readonly #author: string;
  readonly #made = new Map<string, number>();
  readonly #saved = new Map<string, number>();
  readonly #stop: () => void;
  readonly #savedListeners = new Set<() => void>();
  #unsaved: Edit[] = [];
  #madeCount = 0;
  #savedCount = 0;
  #longestToSavedMs = 0;

  /** `author` names the phone in the names of its items. */
  constructor(phone: NodePhone, list: OpenList, author: string) {
    this.#phone = phone;
    this.list = list;
    this.#author = author;
    this.#stop = list.on((event) => {
      // Only what a person has seen counts: the moment when the chip says so.
      if (event === 'state' && list.state.kind === 'saved') this.#noteSaved();
    });
  }

  get madeCount(): number {
    return this.#madeCount;
  }

  get savedCount(): number {
    return this.#savedCount;
  }

  /** Longest time from an edit to the chip that called it saved, of those that it has. */
  get longestToSavedMs(): number {
    return this.#longestToSavedMs;
  }

  get isSaved(): boolean {
    return this.#unsaved.length === 0 && this.list.state.kind === 'saved';
  }

  /** Adds an item of its own or changes the amount of one; now and then it does something to an item that is everybody's. */
  write(random: SeededRandom): void {
    const { document } = this.list;
    if (random.chance(0.2)) {
      randomCommand(document, this.#phone.author(), random);
      return;
    }
    const name = `${ownPrefix}${this.#author} thing ${random.integer(ownItems)}`;
    const quantity = (this.#made.get(name) ?? 0) + 1;
    this.#made.set(name, quantity);
    this.#madeCount += 1;
    this.#unsaved.push({ name, quantity, madeAtMs: performance.now() });
    const amount = { quantity, unit: '' };
    const known = document.view.items.find((item) => item.name === name);
    if (known === undefined) addItem(document, { name, amount }, this.#phone.author());
    else setAmount(document, known.id, amount, this.#phone.author());
  }

  /** What must be found, if the phone is still there or if it is gone. */
  claims(isGone: boolean): Claim[] {
    return [...this.#made].map(([name, made]) => ({
      name,
      atLeast: isGone ? (this.#saved.get(name) ?? 0) : made,
      atMost: made,
    }));
  }

  /** Called when something has just been called saved. Returns how to stop. */
  onSaved(callback: () => void): () => void {
    this.#savedListeners.add(callback);
    return () => {
      this.#savedListeners.delete(callback);
    };
  }

  close(): void {
    this.#stop();
  }

  #noteSaved(): void {
    const nowMs = performance.now();
    for (const { name, quantity, madeAtMs } of this.#unsaved) {
      this.#saved.set(name, quantity);
      this.#savedCount += 1;
      this.#longestToSavedMs = Math.max(this.#longestToSavedMs, nowMs - madeAtMs);
    }
    if (this.#unsaved.length === 0) return;
    this.#unsaved = [];
    for (const callback of this.#savedListeners) callback();
  }
}

/** The claims that a list does not keep, as sentences. */
export function brokenClaims(claims: readonly Claim[], items: readonly Item[]): string[] {
  const found = new Map(items.map(({ name, amount }) => [name, amount.quantity]));
  return claims.flatMap(({ name, atLeast, atMost }) => {
    const quantity = found.get(name) ?? 0;
    if (quantity >= atLeast && quantity <= atMost) return [];
    return [`${name}: ${quantity} instead of ${atLeast === atMost ? atLeast : `${atLeast} to ${atMost}`}`];
  });
}
