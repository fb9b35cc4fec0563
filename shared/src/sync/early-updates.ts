/** Updates kept that came before what they build on. Beyond it they are asked for again. */
const maxEarly = 64;

/** An edit of another tab has no number. */
export interface EarlyUpdate {
  readonly seq: number | null;
  readonly update: Uint8Array;
}

/** What came before something that it builds on. */
export class EarlyUpdates {
  #waiting: readonly EarlyUpdate[] = [];

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** False when there is no room for it. */
  keep(early: EarlyUpdate): boolean {
    if (this.#waiting.length >= maxEarly) return false;
    this.#waiting = [...this.#waiting, early];
    return true;
  }

  /** Offers each again, and all once more as long as that brings something new. `take` says whether it fits by now. */
  retry(take: (early: EarlyUpdate) => boolean): void {
    for (let isProgress = true; isProgress;) {
      const before = this.#waiting;
      this.#waiting = before.filter((early) => !take(early));
      isProgress = this.#waiting.length > 0 && this.#waiting.length < before.length;
    }
  }

  clear(): void {
    this.#waiting = [];
  }
}
