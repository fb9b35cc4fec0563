import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { linkKeepAliveMs } from '@trolley/shared/hop';
import { listen } from '@trolley/shared/process';
import { systemClock } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { createApi } from './create-api.ts';
import { HopEndpoint } from './hop/hop-endpoint.ts';
import { drainServer } from './http/drain-server.ts';

export interface ApiServer {
  port: number;
  /** Takes nothing new, answers what it has begun, and gives the store back. */
  close(): Promise<void>;
}

/**
 * The api on a port of its own, for relays and people's browsers. Resolves when it serves.
 *
 * @throws ConfigError when the store or the port can't be had.
 */
export async function createApiServer(config: Config, logger: Logger): Promise<ApiServer> {
  const clock = systemClock;
  const api = await createApi({
    ...config,
    clock,
    randomBytes: (byteLength) => new Uint8Array(randomBytes(byteLength)),
    logger,
  });
  const hop = new HopEndpoint({ ...config, log: api.log, clock, logger });
  const answer = getRequestListener(api.app.fetch);
  const server = createServer(
    {
      shouldUpgradeCallback: (request) => hop.takes(request),
      // Else the connection of a relay whose machine is gone would stand for ever.
      keepAlive: true,
      keepAliveInitialDelay: linkKeepAliveMs,
    },
    (request, response) => void answer(request, response),
  );
  server.on('upgrade', (request, socket, head) => {
    hop.accept(request, socket, head);
  });
  const drain = drainServer(server, clock);
  try {
    const port = await listen(server, config);
    return {
      port,
      async close() {
        api.retire();
        await Promise.all([hop.close(), drain()]);
        await api.dispose();
      },
    };
  } catch (error) {
    await api.dispose();
    throw error;
  }
}
