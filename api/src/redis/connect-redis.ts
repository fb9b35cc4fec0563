import type { RedisAddress } from '@trolley/shared/process';
import type { Clock } from '@trolley/shared/protocol';
import { Cluster, Redis } from 'ioredis';
import type { Logger } from 'pino';

/** A Redis server, or a cluster. */
export type RedisClient = Redis | Cluster;

/** An outage gives several errors a second: one of them is enough. */
const logEveryMs = 60_000;
/** It is found again within this time of its return. */
const maxRetryMs = 250;
/** A Redis that stands still, with its connections open, is as good as away. */
const commandTimeoutMs = 1_000;
/** How long a start waits for Redis: what is announced before it is there reaches nobody. Without Redis it goes on all the same. */
const startPatienceMs = 3_000;

/**
 * A client that connects by itself, now and after every outage, and that never keeps anybody waiting: while Redis is away each command fails
 * at once. What the api does with Redis it can do without for a while. Resolves when it is connected, or after three seconds.
 */
export async function connectRedis(address: RedisAddress, clock: Clock, logger: Logger): Promise<RedisClient> {
  const retryStrategy = (attempt: number): number => Math.min(attempt * 50, maxRetryMs);
  const failFast = {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 5_000,
    commandTimeout: commandTimeoutMs,
  };
  const client =
    'url' in address
      ? new Redis(address.url, { ...failFast, retryStrategy })
      : new Cluster(address.nodes, {
          enableOfflineQueue: false,
          redisOptions: failFast,
          clusterRetryStrategy: retryStrategy,
        });
  let loggedAtMs = -Infinity;
  client.on('error', (error: unknown) => {
    if (clock.nowMs() - loggedAtMs < logEveryMs) return;
    loggedAtMs = clock.nowMs();
    logger.warn({ err: error }, 'Redis can not be reached');
  });
  await untilReady(client, clock);
  return client;
}

async function untilReady(client: RedisClient, clock: Clock): Promise<void> {
  const settled = Promise.withResolvers<undefined>();
  client.once('ready', () => {
    settled.resolve(undefined);
  });
  const cancel = clock.schedule(startPatienceMs, () => {
    settled.resolve(undefined);
  });
  await settled.promise;
  cancel();
}
