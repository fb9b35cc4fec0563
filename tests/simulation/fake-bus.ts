import type { Clock } from '@trolley/shared/protocol';
import type { SeededRandom } from '@trolley/shared/testing';

const maxDelayMs = 60;

/**
 * What joins the nodes, as Redis does: messages overtake each other and come twice at times. While it is away nothing comes through, and what was under
 * way when it went is lost.
 */
export class FakeBus {
  readonly #clock: Clock;
  readonly #random: SeededRandom;
  readonly #listeners = new Set<() => void>();
  #isAway = false;

  constructor({ clock, random }: { clock: Clock; random: SeededRandom }) {
    this.#clock = clock;
    this.#random = random;
  }

  get isAway(): boolean {
    return this.#isAway;
  }

  set isAway(isAway: boolean) {
    this.#isAway = isAway;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Calls back when it goes away and when it is back. Returns how to stop. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Has this done elsewhere: soon, at times twice, never while it is away. */
  carry(arrive: () => void): void {
    if (this.#isAway) return;
    for (let copies = this.#random.chance(0.05) ? 2 : 1; copies > 0; copies -= 1) {
      this.#clock.schedule(this.#random.integer(maxDelayMs), () => {
        if (!this.#isAway) arrive();
      });
    }
  }
}
