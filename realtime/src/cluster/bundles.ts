import type { RedisClients } from './redis-clients.ts';
import type { MessageListener } from './shard-subscriber.ts';

type Publisher = RedisClients['publisher'];
type Subscriber = Pick<RedisClients['subscriber'], 'on' | 'ssubscribe' | 'sunsubscribe'>;

/** What a bundle begins with. MessagePack never uses it, JSON neither: a message that travels alone stays as it is. */
const bundleMark = 0xc1;
/** Each message in a bundle stands behind its length. */
const lengthBytes = 4;

/**
 * Sends what one turn of the event loop says on a channel as one message, which `unbundled` takes apart. A batch has many edits of the same few
 * lists, and each message costs both nodes and Redis more than what is in it. Answers at once, so that nobody's own people wait for Redis.
 */
export function bundling(publisher: Publisher, onError: (error: unknown) => void): Publisher {
  const gathered = new Map<string, Buffer[]>();
  const flush = () => {
    for (const [channel, messages] of gathered) publisher.spublish(channel, pack(messages)).catch(onError);
    gathered.clear();
  };
  return {
    spublish(channel, message) {
      if (gathered.size === 0) setImmediate(flush);
      const bytes = typeof message === 'string' ? Buffer.from(message) : message;
      const others = gathered.get(channel);
      if (others === undefined) gathered.set(channel, [bytes]);
      else others.push(bytes);
      return Promise.resolve();
    },
  };
}

/** Gives the messages of a bundle one by one, in the order in which they were sent. */
export function unbundled(subscriber: Subscriber): Subscriber {
  return {
    on(event, listener: MessageListener) {
      subscriber.on(event, (channel, bytes) => {
        for (const message of unpack(bytes)) listener(channel, message);
      });
    },
    ssubscribe: (channel) => subscriber.ssubscribe(channel),
    sunsubscribe: (channel) => {
      subscriber.sunsubscribe(channel);
    },
  };
}

function pack(messages: readonly Buffer[]): Buffer {
  const [first] = messages;
  if (first !== undefined && messages.length === 1) return first;
  return Buffer.concat([Buffer.of(bundleMark), ...messages.flatMap((message) => [lengthOf(message), message])]);
}

function lengthOf({ byteLength }: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(lengthBytes);
  bytes.writeUInt32BE(byteLength);
  return bytes;
}

function unpack(bytes: Buffer): Buffer[] {
  if (bytes[0] !== bundleMark) return [bytes];
  const messages: Buffer[] = [];
  for (let at = 1; at + lengthBytes <= bytes.byteLength;) {
    const start = at + lengthBytes;
    at = start + bytes.readUInt32BE(at);
    messages.push(bytes.subarray(start, at));
  }
  return messages;
}
