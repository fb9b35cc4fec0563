import type { Clock } from '@trolley/shared/protocol';
import { Command, type Redis } from 'ioredis';

/** A range of slots, and by which name the shard is known that has it. */
export interface SlotRange {
  from: number;
  to: number;
  shard: string;
}

interface SubscriberParts {
  clock: Clock;
  /** Who has which slots now. */
  readSlots: () => Promise<readonly SlotRange[]>;
  /** How often to ask again; null where that never changes. */
  refreshIntervalMs: number | null;
  /** A connection that comes back by itself, with its subscriptions, and for which commands wait. */
  connect: (shard: string) => Redis;
  onError: (error: unknown) => void;
}

interface Subscription {
  /** Where it was asked for last. */
  connection: Redis | null;
  readonly confirmed: PromiseWithResolvers<undefined>;
}

export type MessageListener = (channel: Buffer, message: Buffer) => void;

const retryMs = 250;

/**
 * Sharded subscriptions: one connection to each shard, and each channel on the shard that has its slot. (ioredis 6 has the same as
 * `shardedSubscribers`. With one of three masters killed it tries again some 80 times a second, and after an outage of all three it has
 * forgotten its channels: decision 0012.)
 */
export class ShardSubscriber {
  readonly #parts: SubscriberParts;
  readonly #listeners = new Set<MessageListener>();
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #connections = new Map<string, Redis>();
  #slots: readonly SlotRange[] = [];
  #cancelRefresh: () => void = () => undefined;
  #isClosed = false;

  constructor(parts: SubscriberParts) {
    this.#parts = parts;
    void this.#refresh();
  }

  on(_event: 'smessageBuffer', listener: MessageListener): void {
    this.#listeners.add(listener);
  }

  /** Resolves when the shard has confirmed it, which may be after an outage. */
  ssubscribe(channel: string): Promise<undefined> {
    const known = this.#subscriptions.get(channel);
    if (known !== undefined) return known.confirmed.promise;
    const subscription: Subscription = { connection: null, confirmed: Promise.withResolvers<undefined>() };
    this.#subscriptions.set(channel, subscription);
    this.#place(channel, subscription);
    return subscription.confirmed.promise;
  }

  sunsubscribe(channel: string): void {
    const connection = this.#subscriptions.get(channel)?.connection ?? null;
    this.#subscriptions.delete(channel);
    connection?.sunsubscribe(channel).catch(this.#parts.onError);
  }

  /** Makes all connections anew. */
  reconnect(): void {
    for (const connection of this.#connections.values()) connection.disconnect(true);
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelRefresh();
    for (const connection of this.#connections.values()) connection.disconnect();
  }

  async #refresh(): Promise<void> {
    const { clock, readSlots, refreshIntervalMs, onError } = this.#parts;
    let nextMs = refreshIntervalMs;
    try {
      this.#slots = await readSlots();
      if (!this.#isClosed) this.#follow();
    } catch (error) {
      onError(error);
      nextMs = retryMs;
    }
    if (nextMs === null || this.#isClosed) return;
    this.#cancelRefresh = clock.schedule(nextMs, () => void this.#refresh());
  }

  /** Slots move between shards, and shards come and go. */
  #follow(): void {
    const shards = new Set(this.#slots.map(({ shard }) => shard));
    for (const [shard, connection] of this.#connections) {
      if (shards.has(shard)) continue;
      this.#connections.delete(shard);
      connection.disconnect();
    }
    for (const [channel, subscription] of this.#subscriptions) this.#place(channel, subscription);
  }

  /** Asks the shard that has the channel now, unless it was asked already. */
  #place(channel: string, subscription: Subscription): void {
    const connection = this.#connectionFor(channel);
    const { connection: former, confirmed } = subscription;
    if (connection === null || connection === former) return;
    subscription.connection = connection;
    if (former?.status === 'ready') former.sunsubscribe(channel).catch(this.#parts.onError);
    connection.ssubscribe(channel).then(
      () => {
        confirmed.resolve(undefined);
      },
      (error: unknown) => {
        if (subscription.connection === connection) subscription.connection = null;
        if (!this.#isClosed) this.#parts.onError(error);
      },
    );
  }

  #connectionFor(channel: string): Redis | null {
    const slot = slotOf(channel);
    const shard = this.#slots.find(({ from, to }) => from <= slot && slot <= to)?.shard;
    if (shard === undefined) return null;
    const known = this.#connections.get(shard);
    if (known !== undefined) return known;
    const connection = this.#parts.connect(shard);
    connection.on('smessageBuffer', (from: Buffer, message: Buffer) => {
      for (const listener of this.#listeners) listener(from, message);
    });
    this.#connections.set(shard, connection);
    return connection;
  }
}

/** The slot of a channel, from 0 to 16383. */
export function slotOf(channel: string): number {
  return new Command('ssubscribe', [channel]).getSlot();
}
