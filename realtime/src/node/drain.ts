import type { Clock, RandomBytes } from '@trolley/shared/protocol';

/** A connection that can be ended without anything getting lost. */
export interface Retirable {
  /** Takes no more calls, answers those that have come, then ends. */
  retire(): Promise<void>;
}

interface DrainParts {
  clock: Clock;
  randomBytes: RandomBytes;
  /** The connections end at random moments within this time, so that the other nodes need not greet all at once. */
  withinMs: number;
}

/** An answer that takes longer than this after the last moment is not waited for: the client will ask again elsewhere. */
const patienceMs = 10_000;

/** R20: ends all connections, each at its own moment. */
export async function drain(connections: readonly Retirable[], parts: DrainParts): Promise<void> {
  const { clock, withinMs } = parts;
  const all = Promise.all(connections.map((connection) => retireLater(connection, parts)));
  const { promise: deadline, resolve } = Promise.withResolvers<undefined>();
  const cancel = clock.schedule(withinMs + patienceMs, () => {
    resolve(undefined);
  });
  await Promise.race([all, deadline]);
  cancel();
}

async function retireLater(connection: Retirable, { clock, randomBytes, withinMs }: DrainParts): Promise<void> {
  const [high = 0, low = 0] = randomBytes(2);
  const { promise, resolve } = Promise.withResolvers<undefined>();
  clock.schedule(Math.floor((withinMs * (high * 256 + low)) / 65_536), () => {
    resolve(undefined);
  });
  await promise;
  await connection.retire();
}
