import { io, type Socket } from 'socket.io-client';
import * as parser from 'socket.io-msgpack-parser';
import * as v from 'valibot';
import {
  accessMessageSchema,
  answerSchema,
  headMessageSchema,
  helloMessageSchema,
  presenceMessageSchema,
  protocolVersion,
  pullResultSchema,
  pushResultSchema,
  rosterMessageSchema,
  updateMessageSchema,
  type ClientEvents,
  type ServerEvents,
} from '../protocol/index.ts';
import { Listeners } from '../runtime/listeners.ts';
import type { CloseReason, Transport, TransportEvent } from './transport.ts';

const defaultConnectTimeoutMs = 10_000;
const pullAnswerSchema = answerSchema(pullResultSchema);
const pushAnswerSchema = answerSchema(pushResultSchema);

/** `extraHeaders` carry a bearer token outside browsers; in a browser the session cookie goes by itself. */
export interface SocketTransportOptions {
  url?: string;
  extraHeaders?: Record<string, string>;
  /** How long a node may take to let us in, and then to greet. */
  connectTimeoutMs?: number;
}

/** The transport over Socket.IO: WebSocket only, msgpack, no reconnection of its own. */
export function createSocketTransport(options: SocketTransportOptions = {}): Transport {
  const { connectTimeoutMs = defaultConnectTimeoutMs } = options;
  const events = new Listeners<TransportEvent>();
  const socket: Socket<ServerEvents, ClientEvents> = io(options.url ?? '', {
    parser,
    transports: ['websocket'],
    reconnection: false,
    autoConnect: false,
    forceNew: true,
    timeout: connectTimeoutMs,
    withCredentials: true,
    ...(options.extraHeaders === undefined ? {} : { extraHeaders: options.extraHeaders }),
  });
  forwardMessages(socket, events);
  expectGreeting(socket, events, connectTimeoutMs);
  socket.on('connect_error', (error) => {
    socket.disconnect();
    events.emit({ kind: 'close', reason: closeReason(error.message) });
  });
  socket.on('disconnect', (reason) => {
    if (reason === 'io client disconnect') return;
    events.emit({ kind: 'close', reason: 'lost' });
  });
  return {
    connect: () => socket.connect(),
    disconnect: () => socket.disconnect(),
    async pull(request, timeoutMs) {
      return v.parse(pullAnswerSchema, await connected(socket).timeout(timeoutMs).emitWithAck('pull', request));
    },
    async push(request, timeoutMs) {
      const wire = { ...request, update: exactBuffer(request.update) };
      return v.parse(pushAnswerSchema, await connected(socket).timeout(timeoutMs).emitWithAck('push', wire));
    },
    sendPresence({ list, awareness }) {
      if (socket.connected) socket.emit('presence', { list, awareness: exactBuffer(awareness) });
    },
    leave: (message) => socket.connected && socket.emit('leave', message),
    listen: (listener) => events.add(listener),
  };
}

/** A browser's msgpack writes an `ArrayBuffer` as bytes, and a view of one as a map of numbers. */
function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

/** Socket.IO would keep what is sent before it is connected; here that is the caller's decision. */
function connected(socket: Socket<ServerEvents, ClientEvents>): Socket<ServerEvents, ClientEvents> {
  if (!socket.connected) throw new Error('not connected');
  return socket;
}

/** A node that lets us in and then says nothing is none of ours, or is stuck: as good as lost. */
function expectGreeting(
  socket: Socket<ServerEvents, ClientEvents>,
  events: Listeners<TransportEvent>,
  timeoutMs: number,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  socket.on('connect', () => {
    timer = setTimeout(() => {
      socket.disconnect();
      events.emit({ kind: 'close', reason: 'lost' });
    }, timeoutMs);
  });
  for (const end of ['hello', 'disconnect'] as const) {
    socket.on(end, () => {
      clearTimeout(timer);
    });
  }
}

function forwardMessages(socket: Socket<ServerEvents, ClientEvents>, events: Listeners<TransportEvent>): void {
  socket.on('hello', (raw) => {
    const hello = v.safeParse(helloMessageSchema, raw);
    if (hello.success && hello.output.protocol === protocolVersion) {
      events.emit({ kind: 'open', serverNowMs: hello.output.nowMs, log: hello.output.log });
      return;
    }
    socket.disconnect();
    events.emit({ kind: 'close', reason: 'outdated' });
  });
  socket.on(
    'update',
    parsed(updateMessageSchema, (message) => {
      events.emit({ kind: 'update', message });
    }),
  );
  socket.on(
    'head',
    parsed(headMessageSchema, (message) => {
      events.emit({ kind: 'head', message });
    }),
  );
  socket.on(
    'presence',
    parsed(presenceMessageSchema, (message) => {
      events.emit({ kind: 'presence', message });
    }),
  );
  socket.on(
    'roster',
    parsed(rosterMessageSchema, (message) => {
      events.emit({ kind: 'roster', message });
    }),
  );
  socket.on(
    'access',
    parsed(accessMessageSchema, (message) => {
      events.emit({ kind: 'access', message });
    }),
  );
}

/** A message that does not fit the protocol is dropped: what it would have said is found by the next comparison of heads. */
function parsed<T>(schema: v.GenericSchema<unknown, T>, handle: (message: T) => void): (raw: unknown) => void {
  return (raw) => {
    const result = v.safeParse(schema, raw);
    if (result.success) handle(result.output);
  };
}

function closeReason(message: string): CloseReason {
  return message === 'unauthenticated' || message === 'outdated' ? message : 'lost';
}
