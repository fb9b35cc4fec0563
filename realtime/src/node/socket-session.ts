import {
  protocolVersion,
  TrolleyError,
  type Answer,
  type ClientMessages,
  type Clock,
  type UserId,
} from '@trolley/shared/protocol';
import { fromWire } from '@trolley/shared/wire';
import { Peer, type Relay } from '../relay/relay.ts';
import type { RealtimeSocket } from '../socket-rooms.ts';
import { messageOnWire, pullAnswerOnWire, pushAnswerOnWire } from '../wire-bytes.ts';
import type { Retirable } from './drain.ts';
import type { Receiver } from './slow-clients.ts';

/** A phone that has gone silent need not hear the end. */
const closePatienceMs = 1_000;

/** A connection that was let in: its calls go to the relay, and what the relay says goes to it. */
export class SocketSession implements Retirable, Receiver {
  readonly #socket: RealtimeSocket;
  readonly #relay: Relay;
  readonly #clock: Clock;
  readonly #peer: Peer;
  #unanswered = 0;
  #isLeaving = false;
  #onAnswered: () => void = () => undefined;

  constructor(socket: RealtimeSocket, relay: Relay, clock: Clock) {
    this.#socket = socket;
    this.#relay = relay;
    this.#clock = clock;
    this.#peer = new Peer({
      id: socket.id,
      identity: socket.data.identity,
      send: (message) => {
        socket.emit(message.event, messageOnWire(message));
      },
      cut: () => {
        this.cut();
      },
    });
    this.#serve();
  }

  /** Whether it was let in by a session, or by any of its account where none is named. */
  isOf({ userId, sessionId }: { userId: UserId; sessionId: string | null }): boolean {
    const { identity, sessionId: own } = this.#socket.data;
    return identity.userId === userId && (sessionId === null || own === undefined || own === sessionId);
  }

  /** The first that a client hears. */
  greet(): void {
    const message = { protocol: protocolVersion, log: this.#socket.data.log, nowMs: this.#clock.nowMs() };
    this.#peer.send({ event: 'hello', message });
  }

  /** What Node keeps because the machine does not take it: Engine.IO keeps nothing (gathering-sockets.ts). */
  bytesWaiting(): number {
    return this.#socket.conn.request.socket.writableLength;
  }

  /** Ends the connection when it has taken what was sent. */
  cut(): void {
    this.#socket.disconnect(true);
  }

  /** Ends the connection at once. */
  drop(): void {
    this.#socket.conn.request.socket.destroy();
  }

  async retire(): Promise<void> {
    this.#isLeaving = true;
    if (this.#unanswered > 0 && this.#socket.connected) {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      this.#onAnswered = () => {
        resolve(undefined);
      };
      await promise;
    }
    await this.#close();
  }

  /** Resolves when the client has taken all that was sent, or takes too long. */
  async #close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const finish = () => {
      resolve(undefined);
    };
    this.#socket.conn.once('close', finish);
    const cancel = this.#clock.schedule(closePatienceMs, finish);
    this.cut();
    await promise;
    cancel();
  }

  #serve(): void {
    const [socket, relay, peer] = [this.#socket, this.#relay, this.#peer];
    // Socket.IO lets through any event name, even one that throws when it is looked up, and those of its own life cycle.
    socket.use(([event], next) => {
      next(knownEvents.has(event) ? undefined : new TrolleyError('bad-request', 'No such event.'));
    });
    socket.on('pull', (request, ack) => {
      this.#answer(ack, pullAnswerOnWire, () => relay.pull(peer, fromWire('pull', request)));
    });
    socket.on('push', (request, ack) => {
      this.#answer(ack, pushAnswerOnWire, () => relay.push(peer, fromWire('push', request)));
    });
    socket.on('presence', (message) => {
      relay.presence(peer, fromWire('presence', message));
    });
    socket.on('leave', (message) => {
      relay.leave(peer, fromWire('leave', message));
    });
    socket.on('disconnect', () => {
      relay.disconnect(peer);
      this.#onAnswered();
    });
  }

  #answer<T>(ack: unknown, onWire: (answer: Answer<T>) => unknown, call: () => Promise<Answer<T>>): void {
    const tell = isCallback(ack) ? ack : () => undefined;
    if (this.#isLeaving) {
      tell(onWire(leaving));
      return;
    }
    this.#unanswered += 1;
    void call().then((answer) => {
      tell(onWire(answer));
      this.#unanswered -= 1;
      if (this.#unanswered === 0) this.#onAnswered();
    });
  }
}

const knownEvents: ReadonlySet<unknown> = new Set<keyof ClientMessages>(['pull', 'push', 'presence', 'leave']);
const leaving = { ok: false, error: { code: 'busy', message: 'This node is going.', retryAfterMs: 0 } } as const;

/** A hostile client may send something else than a callback, or nothing. */
function isCallback(value: unknown): value is (answer: unknown) => void {
  return typeof value === 'function';
}
