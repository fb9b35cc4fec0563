import type { ItemId } from '@trolley/shared/document';
import type { Clock } from '@trolley/shared/protocol';

/** Time after the last tick in which a wrong tap can be taken back where it happened. */
export const holdMs = 4_000;

/** Items whose tick has just changed and that stay where they are for a moment. */
export class HeldItems {
  readonly #clock: Clock;
  readonly #onRelease: () => void;
  readonly #places = new Map<ItemId, boolean>();
  #cancel: (() => void) | null = null;

  /** `onRelease` is called when the moment is over and nothing is held any more. */
  constructor(clock: Clock, onRelease: () => void) {
    this.#clock = clock;
    this.#onRelease = onRelease;
  }

  /** Which items are held, and on which side: true in the trolley. */
  get places(): ReadonlyMap<ItemId, boolean> {
    return this.#places;
  }

  /**
   * Holds an item on the side where it was. A tap of one's own starts the moment anew; somebody else's tick does not, or a partner who
   * ticks steadily would keep this list from ever settling.
   */
  hold(id: ItemId, wasInTrolley: boolean, isOwn: boolean): void {
    if (!this.#places.has(id)) this.#places.set(id, wasInTrolley);
    if (this.#cancel !== null && !isOwn) return;
    this.#cancel?.();
    this.#cancel = this.#clock.schedule(holdMs, () => {
      this.#cancel = null;
      this.#places.clear();
      this.#onRelease();
    });
  }

  /** Lets one item go at once. False when it was not held. */
  release(id: ItemId): boolean {
    return this.#places.delete(id);
  }

  dispose(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#places.clear();
  }
}
