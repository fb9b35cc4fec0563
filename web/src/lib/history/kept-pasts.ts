import type { Item } from '@trolley/shared/document';

const maxKept = 40;

/** Lists of the past that have been looked at, by their time: the latest ones. */
export class KeptPasts {
  readonly #items = new Map<number, readonly Item[]>();

  get(at: number): readonly Item[] | undefined {
    return this.#items.get(at);
  }

  keep(at: number, items: readonly Item[]): void {
    this.#items.set(at, items);
    const [oldest] = this.#items.keys();
    if (this.#items.size > maxKept && oldest !== undefined) this.#items.delete(oldest);
  }
}
