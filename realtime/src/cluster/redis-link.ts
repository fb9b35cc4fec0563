import { createShardedAdapter } from '@socket.io/redis-adapter';
import { eventChannel, eventCodec } from '@trolley/shared/hop';
import type { Clock, ListEvent, ListEvents } from '@trolley/shared/protocol';
import type { RedisAddress } from '@trolley/shared/process';
import type { Logger } from 'pino';
import { beatChannelsFor } from './beat-channels.ts';
import { bundling, unbundled } from './bundles.ts';
import type { NodeBus } from './node-bus.ts';
import { connectCluster, connectServer, type RedisClients } from './redis-clients.ts';

/** What a node has of Redis. */
export interface RedisLink {
  /** For Socket.IO: broadcasts to rooms on all nodes. */
  adapter: ReturnType<typeof createShardedAdapter>;
  bus: NodeBus;
  /** What the api announces. */
  events: ListEvents;
  close(): void;
}

/** Every channel of ours begins with it; those of the adapter do not. */
const ownPrefix = Buffer.from('trolley:');

/** Does not wait for Redis: a node without it serves its own people, and the others' when it is there. */
export function createRedisLink(address: RedisAddress, { clock, logger }: { clock: Clock; logger: Logger }): RedisLink {
  const parts = {
    clock,
    onError: (error: unknown) => {
      logger.debug({ err: error }, 'Redis');
    },
  };
  const isCluster = 'nodes' in address;
  const clients = isCluster ? connectCluster(address.nodes, parts) : connectServer(address.url, parts);
  const bus = createBus(clients, beatChannelsFor(isCluster));
  return {
    adapter: createShardedAdapter(bundling(clients.publisher, parts.onError), unbundled(clients.subscriber), {
      subscriptionMode: 'dynamic',
    }),
    bus,
    events: createEvents(bus, logger),
    close: () => {
      clients.close();
    },
  };
}

function createBus({ publisher, subscriber, onConnection }: RedisClients, beatChannels: readonly string[]): NodeBus {
  const listeners = new Map<string, (message: Buffer) => void>();
  subscriber.on('smessageBuffer', (channel, message) => {
    if (ownPrefix.compare(channel, 0, ownPrefix.length) === 0) listeners.get(channel.toString())?.(message);
  });
  return {
    beatChannels,
    publish(channel, message) {
      publisher.spublish(channel, message).catch(() => undefined);
    },
    async subscribe(channel, listener) {
      listeners.set(channel, listener);
      await subscriber.ssubscribe(channel);
    },
    unsubscribe(channel) {
      listeners.delete(channel);
      subscriber.sunsubscribe(channel);
    },
    onConnection,
    reconnect: () => {
      subscriber.reconnect();
    },
  };
}

function createEvents(bus: NodeBus, logger: Logger): ListEvents {
  const listeners = new Set<(event: ListEvent) => void>();
  void bus.subscribe(eventChannel, (message) => {
    try {
      const event = eventCodec.decode(message);
      for (const listener of listeners) listener(event);
    } catch (error) {
      logger.error({ err: error }, 'an event of the api does not fit');
    }
  });
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
