import { TokenBucket } from './token-bucket.ts';

/** A rate with a burst. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

const minSweepSize = 1_000;

/** A rate for each of many: whoever has not been seen for long is forgotten, because their bucket is full again. */
export class RateTable<K> {
  readonly #rate: Rate;
  readonly #buckets = new Map<K, TokenBucket>();
  #sweepAt = minSweepSize;

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  /** How many are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  /** As `TokenBucket.take`. */
  take(key: K, cost: number, nowMs: number): number {
    return (this.#buckets.get(key) ?? this.#remember(key, nowMs)).take(cost, nowMs);
  }

  #remember(key: K, nowMs: number): TokenBucket {
    if (this.#buckets.size >= this.#sweepAt) this.#sweep(nowMs);
    const bucket = new TokenBucket({ ...this.#rate, nowMs });
    this.#buckets.set(key, bucket);
    return bucket;
  }

  /** Costs as much as there are, but comes only when there are twice as many as after the last time. */
  #sweep(nowMs: number): void {
    for (const [key, bucket] of this.#buckets) if (bucket.isFull(nowMs)) this.#buckets.delete(key);
    this.#sweepAt = Math.max(minSweepSize, 2 * this.#buckets.size);
  }
}
