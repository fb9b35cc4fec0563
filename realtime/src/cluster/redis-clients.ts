import type { Clock } from '@trolley/shared/protocol';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import * as v from 'valibot';
import { ShardSubscriber, type SlotRange } from './shard-subscriber.ts';

type ConnectionListener = (state: 'made' | 'broken') => void;

/** One end that publishes, and one that subscribes. */
export interface RedisClients {
  /** Fails at once what it cannot send at once. Never rejects unheard: the adapter does not look. */
  publisher: { spublish(channel: string, message: string | Buffer): Promise<unknown> };
  subscriber: ShardSubscriber;
  onConnection: (listener: ConnectionListener) => void;
  close: () => void;
}

interface ClientParts {
  clock: Clock;
  onError: (error: unknown) => void;
}

/** All nodes are back within a moment of each other: what one says before the others hear it is found later. */
const retryStrategy = (attempt: number) => Math.min(attempt * 50, 150);
/** A Redis that takes a command and does not answer is as good as away. */
const answerTimeoutMs = 1_000;
const connectTimeout = 1_000;
/** What one turn of the event loop publishes leaves in one system call. */
const enableAutoPipelining = true;
const publisherOptions = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  socketTimeout: answerTimeoutMs,
  connectTimeout,
};
const subscriberOptions = { maxRetriesPerRequest: null, connectTimeout, retryStrategy } satisfies RedisOptions;
const lastSlot = 16_383;
const slotsRefreshIntervalMs = 2_000;

/** One Redis server. */
export function connectServer(url: string, parts: ClientParts): RedisClients {
  const publisher = new Redis(url, { ...publisherOptions, enableAutoPipelining, retryStrategy });
  return create(publisher, parts, {
    readSlots: () => Promise.resolve([{ from: 0, to: lastSlot, shard: url }]),
    refreshIntervalMs: null,
    connect: () => new Redis(url, subscriberOptions),
  });
}

/** A cluster, by the addresses of some of its nodes. */
export function connectCluster(nodes: readonly { host: string; port: number }[], parts: ClientParts): RedisClients {
  const { enableOfflineQueue, ...redisOptions } = publisherOptions;
  const publisher = new Cluster([...nodes], {
    enableOfflineQueue,
    enableAutoPipelining,
    clusterRetryStrategy: retryStrategy,
    clusterNodeRetryStrategy: retryStrategy,
    // Nothing is kept to be sent later: by then the nodes have compared heads.
    retryDelayOnFailover: 0,
    retryDelayOnClusterDown: 0,
    maxRedirections: 3,
    slotsRefreshInterval: slotsRefreshIntervalMs,
    slotsRefreshTimeout: answerTimeoutMs,
    redisOptions,
  });
  return create(publisher, parts, {
    readSlots: async () => readRanges(await publisher.cluster('SLOTS')),
    refreshIntervalMs: slotsRefreshIntervalMs,
    connect: (shard) => {
      const { hostname, port } = new URL(`redis://${shard}`);
      return new Redis({ host: hostname, port: Number(port), ...subscriberOptions });
    },
  });
}

const rangesSchema = v.array(
  v.tupleWithRest([v.number(), v.number(), v.tupleWithRest([v.string(), v.number()], v.unknown())], v.unknown()),
);

/** `CLUSTER SLOTS`: ranges, each with its master first. */
function readRanges(answer: unknown): SlotRange[] {
  return v.parse(rangesSchema, answer).map(([from, to, [host, port]]) => ({ from, to, shard: `${host}:${port}` }));
}

function create(
  publisher: Redis | Cluster,
  { clock, onError }: ClientParts,
  shards: Pick<ConstructorParameters<typeof ShardSubscriber>[0], 'readSlots' | 'refreshIntervalMs' | 'connect'>,
): RedisClients {
  const listeners = new Set<ConnectionListener>();
  const watch = (client: Redis | Cluster) => {
    client.on('error', onError);
    client.on('node error', onError);
    client.on('ready', () => {
      for (const listener of listeners) listener('made');
    });
    client.on('close', () => {
      for (const listener of listeners) listener('broken');
    });
  };
  watch(publisher);
  const connect = (shard: string) => {
    const connection = shards.connect(shard);
    watch(connection);
    return connection;
  };
  const subscriber = new ShardSubscriber({ ...shards, connect, clock, onError });
  return {
    publisher,
    subscriber,
    onConnection: (listener) => listeners.add(listener),
    close() {
      listeners.clear();
      subscriber.close();
      publisher.disconnect();
    },
  };
}
