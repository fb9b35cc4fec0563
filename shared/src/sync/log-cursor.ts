/**
 * Which updates of a log have arrived. Acks and broadcasts may overtake each other, so numbers above the first hole are remembered until it
 * is filled. `position` is the number up to which nothing is missing: it alone is stored and sent to the server.
 */
export class LogCursor {
  #position: number;
  readonly #early = new Set<number>();

  constructor(position: number) {
    this.#position = position;
  }

  get position(): number {
    return this.#position;
  }

  /** True while a number above the first missing one has arrived. */
  get hasHole(): boolean {
    return this.#early.size > 0;
  }

  /** True when this number has arrived before. */
  has(seq: number): boolean {
    return seq <= this.#position || this.#early.has(seq);
  }

  /** Notes that an update has arrived, in any order and as often as it likes. */
  note(seq: number): void {
    if (this.has(seq)) return;
    this.#early.add(seq);
    while (this.#early.delete(this.#position + 1)) this.#position += 1;
  }

  /** Moves forward to a head up to which everything has been pulled. */
  advance(head: number): void {
    if (head <= this.#position) return;
    this.#position = head;
    for (const seq of this.#early) if (seq <= head) this.#early.delete(seq);
    while (this.#early.delete(this.#position + 1)) this.#position += 1;
  }

  /** Starts over at a position, also a lower one: after a restored backup, or in a new epoch. */
  reset(position: number): void {
    this.#position = position;
    this.#early.clear();
  }
}
