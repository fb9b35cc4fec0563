import { eventChannel, eventCodec } from '@trolley/shared/hop';
import type { ListEvent } from '@trolley/shared/protocol';
import type { Logger } from 'pino';

/** As much of a Redis client as it takes: it must fail fast instead of keeping what it cannot send. */
interface Publishing {
  spublish(channel: string, message: Buffer): Promise<unknown>;
}

/** Tells the relays of all nodes through Redis. What cannot be sent is dropped: relays compare heads and roles while Redis is away. */
export function createEventPublisher(redis: Publishing, logger: Logger): { publish(event: ListEvent): void } {
  return {
    publish(event) {
      redis.spublish(eventChannel, Buffer.from(eventCodec.encode(event).buffer)).catch((error: unknown) => {
        logger.warn({ err: error, kind: event.kind }, 'an event did not reach the relays');
      });
    },
  };
}
