import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { refuseUpgrade } from '@trolley/shared/process';
import {
  limits,
  type Clock,
  type ListEvents,
  type LogService,
  type RandomBytes,
  type UserId,
} from '@trolley/shared/protocol';
import { Decoder, Encoder } from '@trolley/shared/wire';
import type { Logger } from 'pino';
import { Server } from 'socket.io';
import { Neighbourhood } from './cluster/neighbourhood.ts';
import type { RedisLink } from './cluster/redis-link.ts';
import { watchNodes } from './cluster/watch-nodes.ts';
import { Doorkeeper } from './node/doorkeeper.ts';
import { drain } from './node/drain.ts';
import { GatheringSockets, writeStraight } from './node/gathering-sockets.ts';
import { isSameOrigin } from './node/is-same-origin.ts';
import { SlowClients } from './node/slow-clients.ts';
import { SocketSession } from './node/socket-session.ts';
import { Relay } from './relay/relay.ts';
import { createSocketRooms, type RealtimeServer } from './socket-rooms.ts';
import { YjsEndpoint } from './yjs-endpoint/yjs-endpoint.ts';

/** A phone that vanished is noticed after at most their sum: presence promises 30 s. */
const pingIntervalMs = 10_000;
const pingTimeoutMs = 8_000;
/** Whoever has not greeted by then is no client of ours. */
const greetingTimeoutMs = 10_000;
/** Above the largest message, so that one that is a little too large is answered with a code instead of a cut connection. */
const maxFrameBytes = 2 * limits.maxSnapshotBytes;

export interface RealtimeParts {
  httpServer: HttpServer;
  log: LogService;
  events: ListEvents;
  clock: Clock;
  randomBytes: RandomBytes;
  logger: Logger;
  /** Where people reach us when a proxy stands before us; null when they talk to this process, under whatever name. */
  publicUrl: string | null;
  /** Whether somebody else than this node writes into the log or changes roles without `events` telling of it for certain. */
  isLogShared: boolean;
  /** By which the nodes hear each other; null when there is one, or when they cannot. */
  redis: RedisLink | null;
  maxConnections: number;
  /** Multiplies every rate. */
  rateFactor: number;
  /** Time within which the connections end when the node closes. */
  drainMs: number;
}

export interface Realtime {
  /** Whether it takes new connections. */
  readonly isOpen: boolean;
  /** Ends all connections without losing an answer, then closes the HTTP server. */
  close(): Promise<void>;
}

/** A realtime node on an HTTP server: Socket.IO around a relay. Settings as research and decision 0004 have them. */
export function createRealtime(parts: RealtimeParts): Realtime {
  const { clock, events, log, logger, redis } = parts;
  const io = createSocketServer(parts);
  const node = Buffer.from(parts.randomBytes(9)).toString('base64url');
  const neighbourhood = redis === null ? null : new Neighbourhood({ node, bus: redis.bus, clock });
  const relay = new Relay({
    log,
    rooms: createSocketRooms(io),
    clock,
    rateFactor: parts.rateFactor,
    ...(neighbourhood === null ? {} : { neighbours: neighbourhood }),
  });
  const sessions = new Set<SocketSession>();
  const stopHearing = events.subscribe((event) => {
    relay.announce(event);
    if (event.kind === 'signed-out') cutSignedOut(sessions, event);
  });
  const watch = watchNodes({ ...parts, node, neighbourhood, lists: relay.openLists });
  const slowClients = new SlowClients(clock);
  const yjsEndpoint = new YjsEndpoint({ ...parts, slowClients });
  routeUpgrades(parts.httpServer, yjsEndpoint);
  const doorkeeper = new Doorkeeper({
    log,
    logger,
    maxConnections: parts.maxConnections,
    onOtherLog: () => {
      for (const session of sessions) session.cut();
    },
  });
  doorkeeper.guard(io);
  io.on('connection', (socket) => {
    const session = new SocketSession(socket, relay, clock);
    const stopWatching = slowClients.watch(session);
    sessions.add(session);
    socket.on('disconnect', () => {
      sessions.delete(session);
      stopWatching();
    });
    session.greet();
  });
  return {
    get isOpen() {
      return !doorkeeper.isClosed;
    },
    async close() {
      doorkeeper.close();
      await drain([...sessions], { ...parts, withinMs: parts.drainMs });
      await yjsEndpoint.close();
      await relay.whenIdle();
      stopHearing();
      watch.dispose();
      slowClients.dispose();
      await io.close();
    },
  };
}

/** R23: whose session has ended comes back as whoever the browser speaks for now, or not at all. */
function cutSignedOut(sessions: ReadonlySet<SocketSession>, ended: { userId: UserId; sessionId: string | null }): void {
  for (const session of sessions) if (session.isOf(ended)) session.cut();
}

function createSocketServer({ httpServer, publicUrl, redis }: RealtimeParts): RealtimeServer {
  const io: RealtimeServer = new Server(httpServer, {
    parser: { Decoder, Encoder },
    transports: ['websocket'],
    wsEngine: GatheringSockets,
    allowRequest: (request, decide) => {
      decide(null, isSameOrigin(request.headers.origin, request.headers.host, publicUrl));
    },
    serveClient: false,
    destroyUpgrade: false,
    perMessageDeflate: false,
    httpCompression: false,
    pingInterval: pingIntervalMs,
    pingTimeout: pingTimeoutMs,
    connectTimeout: greetingTimeoutMs,
    maxHttpBufferSize: maxFrameBytes,
    ...(redis === null ? {} : { adapter: redis.adapter }),
  });
  io.engine.on('connection', writeStraight);
  return io;
}

/** Socket.IO leaves upgrades of other paths alone (`destroyUpgrade: false`), and whoever asks for one would wait for ever. */
function routeUpgrades(httpServer: HttpServer, yjsEndpoint: YjsEndpoint): void {
  httpServer.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url?.startsWith('/socket.io/') === true) return;
    if (request.url?.startsWith('/yjs/') === true) yjsEndpoint.accept(request, socket, head);
    else refuseUpgrade(socket, 404);
  });
}
