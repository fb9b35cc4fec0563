import type { ListId, UserId } from '@trolley/shared/protocol';
import type { Peer } from './peer.ts';
import { RateTable, type Rate } from './rate-table.ts';
import { TokenBucket } from './token-bucket.ts';

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

/** What a person does with both thumbs is far below; a program in a loop is far above. */
const rates = {
  connection: { calls: { perSecond: 40, burst: 200 }, bytes: { perSecond: 256 * kilobyte, burst: 4 * megabyte } },
  person: { calls: { perSecond: 80, burst: 400 }, bytes: { perSecond: 512 * kilobyte, burst: 8 * megabyte } },
  list: { calls: { perSecond: 200, burst: 1_000 }, bytes: { perSecond: megabyte, burst: 16 * megabyte } },
} as const satisfies Record<string, Record<'calls' | 'bytes', Rate>>;

/**
 * R7: what one connection may do, one person by all of their connections, and everybody together to one list. Each method returns 0, or after
 * how many milliseconds the same may be tried again.
 */
export class RateLimits {
  readonly #factor: number;
  readonly #connectionCalls = new WeakMap<Peer, TokenBucket>();
  readonly #connectionBytes = new WeakMap<Peer, TokenBucket>();
  readonly #personCalls: RateTable<UserId>;
  readonly #personBytes: RateTable<UserId>;
  readonly #listCalls: RateTable<ListId>;
  readonly #listBytes: RateTable<ListId>;

  /** `factor` multiplies every rate: whoever measures the relay itself wants none. */
  constructor(factor = 1) {
    this.#factor = factor;
    this.#personCalls = new RateTable(this.#scaled(rates.person.calls));
    this.#personBytes = new RateTable(this.#scaled(rates.person.bytes));
    this.#listCalls = new RateTable(this.#scaled(rates.list.calls));
    this.#listBytes = new RateTable(this.#scaled(rates.list.bytes));
  }

  /** Counts a call, whatever is in it. */
  chargeCall(peer: Peer, nowMs: number): number {
    const waitMs = this.#bucketOf(this.#connectionCalls, peer, rates.connection.calls, nowMs).take(1, nowMs);
    return waitMs > 0 ? waitMs : this.#personCalls.take(peer.identity.userId, 1, nowMs);
  }

  /** Counts bytes that somebody sends to everybody in a list. */
  chargeBytes(peer: Peer, list: ListId, byteLength: number, nowMs: number): number {
    const waitMs = this.#bucketOf(this.#connectionBytes, peer, rates.connection.bytes, nowMs).take(byteLength, nowMs);
    if (waitMs > 0) return waitMs;
    const personWaitMs = this.#personBytes.take(peer.identity.userId, byteLength, nowMs);
    if (personWaitMs > 0) return personWaitMs;
    return Math.max(this.#listCalls.take(list, 1, nowMs), this.#listBytes.take(list, byteLength, nowMs));
  }

  #bucketOf(buckets: WeakMap<Peer, TokenBucket>, peer: Peer, rate: Rate, nowMs: number): TokenBucket {
    const known = buckets.get(peer);
    if (known !== undefined) return known;
    const bucket = new TokenBucket({ ...this.#scaled(rate), nowMs });
    buckets.set(peer, bucket);
    return bucket;
  }

  #scaled({ perSecond, burst }: Rate): Rate {
    return { perSecond: perSecond * this.#factor, burst: burst * this.#factor };
  }
}
