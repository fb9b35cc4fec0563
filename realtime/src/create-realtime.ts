import type { Server as HttpServer } from 'node:http';
import {
  limits,
  protocolVersion,
  TrolleyError,
  type ClientMessages,
  type Clock,
  type ListEvents,
  type LogService,
} from '@trolley/shared/protocol';
import { Decoder, Encoder, fromWire } from '@trolley/shared/wire';
import type { Logger } from 'pino';
import { Server } from 'socket.io';
import { Peer, Relay } from './relay/relay.ts';
import { createSocketRooms, type RealtimeServer } from './socket-rooms.ts';
import { messageOnWire, pullAnswerOnWire, pushAnswerOnWire } from './wire-bytes.ts';

/** A phone that vanished is noticed after at most their sum: presence promises 30 s. */
const pingIntervalMs = 10_000;
const pingTimeoutMs = 8_000;
/** Above the largest message, so that one that is a little too large is answered with a code instead of a cut connection. */
const maxFrameBytes = 2 * limits.maxSnapshotBytes;

export interface RealtimeParts {
  httpServer: HttpServer;
  log: LogService;
  events: ListEvents;
  clock: Clock;
  logger: Logger;
  /** Whether a page of this origin may connect; a client that sends none is no browser. */
  isAllowedOrigin: (origin: string | undefined, host: string | undefined) => boolean;
}

/** A realtime node on an HTTP server: Socket.IO around a relay. Settings as research and decision 0004 have them. */
export function createRealtime(parts: RealtimeParts): { close(): Promise<void> } {
  const { httpServer, log, events, clock, logger } = parts;
  const io: RealtimeServer = new Server(httpServer, {
    parser: { Decoder, Encoder },
    transports: ['websocket'],
    allowRequest: (request, decide) => {
      decide(null, parts.isAllowedOrigin(request.headers.origin, request.headers.host));
    },
    serveClient: false,
    destroyUpgrade: false,
    perMessageDeflate: false,
    httpCompression: false,
    pingInterval: pingIntervalMs,
    pingTimeout: pingTimeoutMs,
    maxHttpBufferSize: maxFrameBytes,
  });
  const relay = new Relay({ log, rooms: createSocketRooms(io), clock });
  const unsubscribe = events.subscribe((event) => {
    relay.announce(event);
  });
  const greeted = new WeakSet<object>();
  io.use((socket, next) => {
    // Another greeting on the same connection would ask the store again, at no rate.
    if (greeted.has(socket.conn)) {
      socket.conn.close();
      return;
    }
    greeted.add(socket.conn);
    authenticate(socket, log).then(
      () => {
        next();
      },
      (error: unknown) => {
        if (!(error instanceof TrolleyError)) logger.error({ err: error }, 'handshake failed');
        next(new Error(error instanceof TrolleyError ? error.code : 'internal'));
      },
    );
  });
  io.on('connection', (socket) => {
    serve(socket, relay, clock);
  });
  return {
    async close() {
      unsubscribe();
      await io.close();
    },
  };
}

type RealtimeSocket = Parameters<Parameters<RealtimeServer['use']>[0]>[0];

async function authenticate(socket: RealtimeSocket, log: LogService): Promise<void> {
  const { cookie, authorization } = socket.handshake.headers;
  const session = await log.authenticate({
    ...(cookie === undefined ? {} : { cookie }),
    ...(authorization === undefined ? {} : { authorization }),
  });
  if (session === null) throw new TrolleyError('unauthenticated', 'No session.');
  socket.data = { ...session, clientIds: {} };
}

function serve(socket: RealtimeSocket, relay: Relay, clock: Clock): void {
  const peer = new Peer({
    id: socket.id,
    identity: socket.data.identity,
    nowMs: clock.nowMs(),
    send: (message) => {
      socket.emit(message.event, messageOnWire(message));
    },
  });
  // Socket.IO's msgpack lets through any event name, even one that throws when it is looked up, and those of its own life cycle.
  socket.use(([event], next) => {
    next(knownEvents.has(event) ? undefined : new TrolleyError('bad-request', 'No such event.'));
  });
  socket.on('pull', (request, ack) => {
    void relay.pull(peer, fromWire('pull', request)).then(pullAnswerOnWire).then(acknowledge(ack));
  });
  socket.on('push', (request, ack) => {
    void relay.push(peer, fromWire('push', request)).then(pushAnswerOnWire).then(acknowledge(ack));
  });
  socket.on('presence', (message) => {
    relay.presence(peer, fromWire('presence', message));
  });
  socket.on('leave', (message) => {
    relay.leave(peer, fromWire('leave', message));
  });
  socket.on('disconnect', () => {
    relay.disconnect(peer);
  });
  peer.send({
    event: 'hello',
    message: { protocol: protocolVersion, log: socket.data.log, nowMs: clock.nowMs() },
  });
}

const knownEvents: ReadonlySet<unknown> = new Set<keyof ClientMessages>(['pull', 'push', 'presence', 'leave']);

/** A hostile client may send something else than a callback, or nothing. */
function acknowledge(ack: unknown): (answer: unknown) => void {
  return isCallback(ack) ? ack : () => undefined;
}

function isCallback(value: unknown): value is (answer: unknown) => void {
  return typeof value === 'function';
}
