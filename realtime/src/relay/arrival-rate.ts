/** What came longer ago than this hardly counts any more. */
const memoryMs = 250;

/** How many pushes a second there are just now: an exponentially fading count, so neither a burst of two nor a pause says much. */
export class ArrivalRate {
  #fadingCount = 0;
  #countedAtMs = -Infinity;

  /** Counts what came up to `nowMs`, and returns the rate a second. */
  count(arrivals: number, nowMs: number): number {
    const passedMs = Math.max(nowMs - this.#countedAtMs, 0);
    this.#fadingCount = this.#fadingCount * Math.exp(-passedMs / memoryMs) + arrivals;
    this.#countedAtMs = nowMs;
    return (this.#fadingCount * 1_000) / memoryMs;
  }
}
