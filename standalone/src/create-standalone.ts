import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { createApi, installationSecret } from '@trolley/api';
import { createRealtime } from '@trolley/realtime';
import { ConfigError, listen, refuseUpgrade } from '@trolley/shared/process';
import { systemClock, type RandomBytes } from '@trolley/shared/protocol';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { createWebFiles, isBuilt } from './web-files.ts';

/** Some families' worth on a machine at home; more memory than it has would be worse than `busy`. */
const maxConnections = 10_000;
const systemRandomBytes: RandomBytes = (byteLength) => new Uint8Array(randomBytes(byteLength));

export interface Standalone {
  port: number;
  close(): Promise<void>;
}

/** Everything in one process and on one port: api, realtime node and the built web app. Resolves when it serves. */
export async function createStandalone(config: Config, buildDir: string, logger: Logger): Promise<Standalone> {
  if (!isBuilt(buildDir)) throw new ConfigError(`The web app is not built: ${buildDir} is missing. Run npm start.`);
  const httpServer = createServer();
  const openDoors = turnAway(httpServer);
  // The port comes first: a database need not be opened, nor put in order, for an address that cannot be had.
  const port = await listen(httpServer, config);
  try {
    const { realtime, api } = await serve(httpServer, config, buildDir, logger, openDoors);
    return {
      port,
      async close() {
        api.retire();
        httpServer.closeIdleConnections();
        await realtime.close();
        await api.dispose();
      },
    };
  } catch (error) {
    httpServer.close();
    throw error;
  }
}

/** Until the returned function is called, whoever comes is told at once to come again: a phone that is left waiting would wait for long. */
function turnAway(httpServer: Server): () => void {
  const refuseRequest = (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(503, { 'retry-after': '1', connection: 'close' }).end();
  };
  const turnUpgradeAway = (_request: IncomingMessage, socket: Duplex) => {
    refuseUpgrade(socket, 503);
  };
  httpServer.on('request', refuseRequest).on('upgrade', turnUpgradeAway);
  return () => {
    httpServer.off('request', refuseRequest).off('upgrade', turnUpgradeAway);
  };
}

async function serve(httpServer: Server, config: Config, buildDir: string, logger: Logger, openDoors: () => void) {
  const api = await createApi({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    publicUrl: config.publicUrl,
    historyDays: config.historyDays,
    mail: config.mail,
    authSecret: config.authSecret ?? installationSecret(config.dataDir),
    clock: systemClock,
    randomBytes: systemRandomBytes,
    logger,
  });
  const app = new Hono();
  // The api guards its own answers, more strictly; these headers are for pages.
  app.route('/', api.app);
  app.use(secureHeaders(headersFor(config.publicUrl)));
  app.route('/', createWebFiles(buildDir));
  const answer = getRequestListener(app.fetch);
  openDoors();
  // Before Socket.IO, which takes over the listeners that it finds and keeps its own path from them.
  httpServer.on('request', (request, response) => void answer(request, response));
  const realtime = createRealtime({
    httpServer,
    log: api.log,
    events: api.events,
    clock: systemClock,
    randomBytes: systemRandomBytes,
    logger,
    publicUrl: config.publicUrl,
    isLogShared: false,
    redis: null,
    maxConnections,
    rateFactor: 1,
    // There is no other node to go to: whoever is connected comes back when this one does.
    drainMs: 0,
  });
  return { realtime, api };
}

/** Scripts are limited by hashes in the pages themselves; these are the directives that a page cannot set for itself. */
function headersFor(publicUrl: string | null): Parameters<typeof secureHeaders>[0] {
  const isSecure = publicUrl?.startsWith('https:') ?? false;
  return {
    contentSecurityPolicy: {
      baseUri: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      objectSrc: ["'none'"],
    },
    referrerPolicy: 'same-origin',
    strictTransportSecurity: isSecure ? 'max-age=31536000; includeSubDomains' : false,
    xFrameOptions: 'DENY',
    crossOriginOpenerPolicy: isSecure ? 'same-origin' : false,
    originAgentCluster: isSecure ? '?1' : false,
    permissionsPolicy: { camera: [], geolocation: [], microphone: [] },
  };
}
