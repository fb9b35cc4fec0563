import { randomBytes } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { listen } from '@trolley/shared/process';
import { systemClock, type ListEvents } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import { RemoteLogService } from './cluster/remote-log-service.ts';
import { createRedisLink } from './cluster/redis-link.ts';
import type { Config } from './config.ts';
import { createRealtime } from './create-realtime.ts';

export interface RealtimeNode {
  port: number;
  close(): Promise<void>;
}

/** A realtime node in a process of its own: `/socket.io/` for people, `/healthz` and `/readyz` for whoever runs it. */
export async function createNode(config: Config, logger: Logger): Promise<RealtimeNode> {
  const clock = systemClock;
  const log = new RemoteLogService({ urls: config.apiUrls, serviceToken: config.serviceToken, clock, logger });
  const redis = config.redis === null ? null : createRedisLink(config.redis, { clock, logger });
  const httpServer = createServer((request, response) => {
    if (request.url === '/healthz') answer(response, 200, 'ok');
    else if (request.url === '/readyz')
      answer(response, realtime.isOpen ? 200 : 503, realtime.isOpen ? 'ready' : 'going');
    else answer(response, 404, 'not found');
  });
  const realtime = createRealtime({
    ...config,
    httpServer,
    log,
    events: redis?.events ?? noEvents,
    clock,
    randomBytes: (byteLength) => new Uint8Array(randomBytes(byteLength)),
    logger,
    isLogShared: true,
    redis,
  });
  const close = async () => {
    await realtime.close();
    redis?.close();
    log.close();
  };
  try {
    return { port: await listen(httpServer, config), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Without Redis the node finds out by itself: it compares heads all the time. */
const noEvents: ListEvents = { subscribe: () => () => undefined };

function answer(response: ServerResponse, status: number, word: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ status: word }));
}
