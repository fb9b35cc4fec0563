import { Manager, type Socket } from 'socket.io-client';
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
  wireErrorSchema,
  type ServerMessages,
} from '../protocol/index.ts';
import { Listeners } from '../runtime/listeners.ts';
import { answerFromWire, Decoder, Encoder, fromWire, toWire } from '../wire/index.ts';
import type { Transport, TransportEvent } from './transport.ts';

const defaultConnectTimeoutMs = 10_000;
const pullAnswerSchema = answerSchema(pullResultSchema);
const pushAnswerSchema = answerSchema(pushResultSchema);

/** Events of nodes, of whatever kind: nothing is known of what they carry. */
type IncomingEvents = Record<keyof ServerMessages, (raw: unknown) => void>;

interface OutgoingEvents {
  pull: (request: unknown[], ack: (answer: unknown) => void) => void;
  push: (request: unknown[], ack: (answer: unknown) => void) => void;
  presence: (message: unknown[]) => void;
  leave: (message: unknown[]) => void;
}

type ClientSocket = Socket<IncomingEvents, OutgoingEvents>;

/** `extraHeaders` carry a bearer token outside browsers; in a browser the session cookie goes by itself. */
export interface SocketTransportOptions {
  /** The origin of a node. */
  url: string;
  extraHeaders?: Record<string, string>;
  /** How long a node may take to let us in, and then to greet. */
  connectTimeoutMs?: number;
}

/** The transport over Socket.IO: WebSocket only, packets as `shared/src/wire` has them, no reconnection of its own. */
export function createSocketTransport(options: SocketTransportOptions): Transport {
  const { connectTimeoutMs = defaultConnectTimeoutMs } = options;
  const events = new Listeners<TransportEvent>();
  const settings = {
    parser: { Decoder, Encoder },
    transports: ['websocket'],
    reconnection: false,
    autoConnect: false,
    timeout: connectTimeoutMs,
    withCredentials: true,
    ...(options.extraHeaders === undefined ? {} : { extraHeaders: options.extraHeaders }),
  };
  const socket: ClientSocket = new Manager(options.url, settings).socket('/');
  forwardMessages(socket, events);
  expectGreeting(socket, events, connectTimeoutMs);
  socket.on('connect_error', (error) => {
    socket.disconnect();
    events.emit(readRefusal(error));
  });
  socket.on('disconnect', (reason) => {
    if (reason === 'io client disconnect') return;
    events.emit({ kind: 'close', reason: reason === 'io server disconnect' ? 'dismissed' : 'lost' });
  });
  return {
    connect: () => socket.connect(),
    disconnect: () => socket.disconnect(),
    async pull(request, timeoutMs) {
      const answer: unknown = await connected(socket).timeout(timeoutMs).emitWithAck('pull', toWire('pull', request));
      return v.parse(pullAnswerSchema, answerFromWire('pulled', answer));
    },
    async push(request, timeoutMs) {
      const wire = toWire('push', { ...request, update: exactBuffer(request.update) });
      const answer: unknown = await connected(socket).timeout(timeoutMs).emitWithAck('push', wire);
      return v.parse(pushAnswerSchema, answerFromWire('pushed', answer));
    },
    sendPresence({ list, awareness }) {
      if (socket.connected) socket.emit('presence', toWire('presence', { list, awareness: exactBuffer(awareness) }));
    },
    leave: (message) => socket.connected && socket.emit('leave', toWire('leave', message)),
    listen: (listener) => events.add(listener),
  };
}

/** A browser's msgpack writes an `ArrayBuffer` as bytes, and a view of one as a map of numbers. */
function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

/** Socket.IO would keep what is sent before it is connected; here that is the caller's decision. */
function connected(socket: ClientSocket): ClientSocket {
  if (!socket.connected) throw new Error('not connected');
  return socket;
}

/** A node that lets us in and then says nothing is none of ours, or is stuck: as good as lost. */
function expectGreeting(socket: ClientSocket, events: Listeners<TransportEvent>, timeoutMs: number): void {
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

function forwardMessages(socket: ClientSocket, events: Listeners<TransportEvent>): void {
  socket.on('hello', (raw) => {
    const hello = v.safeParse(helloMessageSchema, fromWire('hello', raw));
    if (hello.success && hello.output.protocol === protocolVersion) {
      events.emit({ kind: 'open', serverNowMs: hello.output.nowMs, log: hello.output.log });
      return;
    }
    socket.disconnect();
    events.emit({ kind: 'close', reason: 'outdated' });
  });
  socket.on(
    'update',
    parsed('update', updateMessageSchema, (message) => {
      events.emit({ kind: 'update', message });
    }),
  );
  socket.on(
    'head',
    parsed('head', headMessageSchema, (message) => {
      events.emit({ kind: 'head', message });
    }),
  );
  socket.on(
    'presence',
    parsed('presence', presenceMessageSchema, (message) => {
      events.emit({ kind: 'presence', message });
    }),
  );
  socket.on(
    'roster',
    parsed('roster', rosterMessageSchema, (message) => {
      events.emit({ kind: 'roster', message });
    }),
  );
  socket.on(
    'access',
    parsed('access', accessMessageSchema, (message) => {
      events.emit({ kind: 'access', message });
    }),
  );
}

/** A message that does not fit the protocol is dropped: what it would have said is found by the next comparison of heads. */
function parsed<T>(
  name: keyof ServerMessages,
  schema: v.GenericSchema<unknown, T>,
  handle: (message: T) => void,
): (raw: unknown) => void {
  return (raw) => {
    const result = v.safeParse(schema, fromWire(name, raw));
    if (result.success) handle(result.output);
  };
}

/** A node says why it lets nobody in by the error's message, a code, and more of it by what the error carries. */
function readRefusal(error: Error & { data?: unknown }): TransportEvent {
  const { message } = error;
  if (message === 'unauthenticated' || message === 'outdated') return { kind: 'close', reason: message };
  const refusal = v.safeParse(wireErrorSchema, error.data);
  const retryAfterMs = refusal.success ? refusal.output.retryAfterMs : undefined;
  return { kind: 'close', reason: 'lost', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}
