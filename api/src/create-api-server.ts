import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { listen } from '@trolley/shared/process';
import { systemClock } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { createApi } from './create-api.ts';
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
  const api = await createApi({
    ...config,
    clock: systemClock,
    randomBytes: (byteLength) => new Uint8Array(randomBytes(byteLength)),
    logger,
  });
  const answer = getRequestListener(api.app.fetch);
  const server = createServer((request, response) => void answer(request, response));
  const drain = drainServer(server, systemClock);
  try {
    const port = await listen(server, config);
    return {
      port,
      async close() {
        api.retire();
        await drain();
        await api.dispose();
      },
    };
  } catch (error) {
    await api.dispose();
    throw error;
  }
}
