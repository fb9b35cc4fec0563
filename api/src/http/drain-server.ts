import type { Server, ServerResponse } from 'node:http';
import type { Clock } from '@trolley/shared/protocol';

/** The slowest thing that we answer takes a fraction of it. A caller that does not read its answer is not waited for. */
const patienceMs = 10_000;

/**
 * Watches a server from its start and returns how to end it: that stops listening, and resolves when every request that has begun is
 * answered, or after ten seconds. A connection that is kept alive ends with the request it is in.
 */
export function drainServer(server: Server, clock: Clock): () => Promise<void> {
  let isClosing = false;
  server.prependListener('request', (_request, response: ServerResponse) => {
    if (isClosing) response.setHeader('connection', 'close');
    response.once('close', () => {
      if (isClosing) server.closeIdleConnections();
    });
  });
  return async () => {
    isClosing = true;
    const closed = Promise.withResolvers<undefined>();
    server.close(() => {
      closed.resolve(undefined);
    });
    const cancelPatience = clock.schedule(patienceMs, () => {
      server.closeAllConnections();
    });
    await closed.promise;
    cancelPatience();
  };
}
