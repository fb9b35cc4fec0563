import { toWireError, TrolleyError, type Credentials, type LogId, type LogService } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import { CallGate } from '../relay/call-gate.ts';
import type { RealtimeServer, RealtimeSocket } from '../socket-rooms.ts';

/** Sessions that are looked up at once, when a whole town comes back. */
const maxLookups = 64;
const maxWaitingLookups = 5_000;
const busyRetryAfterMs = 1_000;

interface DoorParts {
  log: LogService;
  logger: Logger;
  maxConnections: number;
  /** Called when a session tells of another log than those before: the store was restored. */
  onOtherLog: (log: LogId) => void;
}

/** R9: who may come in. */
export class Doorkeeper {
  readonly #parts: DoorParts;
  readonly #gate = new CallGate({ maxRunning: maxLookups, maxWaiting: maxWaitingLookups });
  readonly #greeted = new WeakSet<object>();
  #log: LogId | null = null;
  #isClosed = false;

  constructor(parts: DoorParts) {
    this.#parts = parts;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Nobody comes in any more. */
  close(): void {
    this.#isClosed = true;
  }

  guard(io: RealtimeServer): void {
    io.use((socket, next) => {
      // Another greeting on the same connection would ask the store again, at no rate.
      if (this.#greeted.has(socket.conn)) {
        socket.conn.close();
        return;
      }
      this.#greeted.add(socket.conn);
      this.#admit(socket, io.engine.clientsCount).then(
        () => {
          next();
        },
        (error: unknown) => {
          next(this.#refusal(error));
          // Whoever is refused and stays would take a place that somebody else could have.
          setImmediate(() => {
            socket.conn.close();
          });
        },
      );
    });
  }

  async #admit(socket: RealtimeSocket, connections: number): Promise<void> {
    if (connections > this.#parts.maxConnections) throw busy('This node is full.');
    this.#requireOpen();
    const session = await this.#gate.run(() => this.#parts.log.authenticate(credentialsOf(socket)));
    this.#requireOpen();
    if (session === null) throw new TrolleyError('unauthenticated', 'No session.');
    socket.data = session;
    if (this.#log !== null && session.log !== this.#log) this.#parts.onOtherLog(session.log);
    this.#log = session.log;
  }

  #requireOpen(): void {
    if (this.#isClosed) throw busy('This node is going.');
  }

  /** As Socket.IO tells it: the code is the message, and with it goes when to come again. */
  #refusal(error: unknown): Error & { data: unknown } {
    if (!(error instanceof TrolleyError)) this.#parts.logger.error({ err: error }, 'handshake failed');
    const wireError = toWireError(error);
    return Object.assign(new Error(wireError.code), { data: wireError });
  }
}

function credentialsOf(socket: RealtimeSocket): Credentials {
  const { cookie, authorization } = socket.handshake.headers;
  return {
    ...(cookie === undefined ? {} : { cookie }),
    ...(authorization === undefined ? {} : { authorization }),
  };
}

function busy(message: string): TrolleyError {
  return new TrolleyError('busy', message, { retryAfterMs: busyRetryAfterMs });
}
