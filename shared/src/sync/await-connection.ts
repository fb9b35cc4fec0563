import { TrolleyError, type Clock, type LogId } from '../protocol/index.ts';
import type { Connection } from './connection.ts';

/** How long somebody who waits for a connection is kept waiting. */
const patienceMs = 8_000;

/** Resolves with the server's log when there is a connection. Rejects with `unavailable` as soon as a try has failed, none can be made, or it takes too long. */
export async function awaitConnection(connection: Connection, clock: Clock): Promise<LogId> {
  connection.want();
  // Somebody waits for it: better now than when the pause is over.
  if (connection.state === 'waiting') connection.wake();
  if (!connection.isConnected) await untilConnected(connection, clock);
  if (connection.log === null) throw unreachable();
  return connection.log;
}

async function untilConnected(connection: Connection, clock: Clock): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const fail = () => {
    reject(unreachable());
  };
  if (connection.state === 'blocked') fail();
  const stop = connection.onChange((state) => {
    if (state === 'connected') resolve(undefined);
    else if (state !== 'signing-in' && state !== 'connecting') fail();
  });
  const cancel = clock.schedule(patienceMs, fail);
  try {
    await promise;
  } finally {
    stop();
    cancel();
  }
}

/** What whoever waits is told when the server cannot be reached. */
function unreachable(): TrolleyError {
  return new TrolleyError('unavailable', 'no answer');
}
