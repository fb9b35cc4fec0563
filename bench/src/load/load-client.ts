import { ClientSocket } from './client-socket.ts';
import type { Dialect } from './dialects/dialect.ts';
import { encodeFrame, opcode, type Frame } from './frames.ts';
import { findMarkers } from './markers.ts';
import type { Seat } from './seat.ts';

/** What a client tells of what it gets. */
export interface ClientListener {
  onArrival(seat: Seat, markerNumber: number, nowMs: number): void;
  onStored(): void;
  /** `answer` is what the server said, as it came. */
  onRefused(answer: Buffer): void;
}

const greetingPatienceMs = 30_000;

/** One member with one list open: what it gets is told, what it sends was made before. */
export class LoadClient {
  readonly seat: Seat;
  readonly #dialect: Dialect;
  readonly #greeted = Promise.withResolvers<undefined>();
  #socket: ClientSocket | null = null;
  #isGreeted = false;
  #isClosing = false;
  #edits = 0;
  /** Frames from before the client was greeted: some come with the answer to the handshake. */
  readonly #early: Frame[] = [];
  listener: ClientListener = { onArrival: ignore, onStored: ignore, onRefused: ignore };

  private constructor(seat: Seat, dialect: Dialect) {
    this.seat = seat;
    this.#dialect = dialect;
  }

  /** Resolves when the client has its list open. */
  static async open(seat: Seat, dialect: Dialect): Promise<LoadClient> {
    const client = new LoadClient(seat, dialect);
    const patience = setTimeout(() => {
      client.#greeted.reject(new Error(`a list was not opened within ${greetingPatienceMs} ms`));
    }, greetingPatienceMs);
    try {
      await client.#connect();
      await client.#greeted.promise;
      return client;
    } finally {
      clearTimeout(patience);
    }
  }

  get bytes(): { in: number; out: number } {
    return { in: this.#socket?.bytesIn ?? 0, out: this.#socket?.bytesOut ?? 0 };
  }

  /** The frame that carries this client's next edit. */
  prepare(update: Uint8Array): Buffer {
    this.#edits += 1;
    return encodeFrame(opcode.binary, this.#dialect.encodeEdit(this.seat, update, this.#edits));
  }

  write(frame: Buffer): void {
    this.#socket?.write(frame);
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#socket?.close();
  }

  async #connect(): Promise<void> {
    this.#socket = await ClientSocket.open(this.#dialect.handshake(this.seat), {
      onMessage: (frame, nowMs) => {
        if (this.#isGreeted) this.#receive(frame, nowMs);
        else this.#early.push(frame);
        this.#greet();
      },
      onClose: () => {
        // Rejecting what is resolved already changes nothing: then the missing arrivals tell.
        if (!this.#isClosing) this.#greeted.reject(new Error('the server hung up'));
      },
    });
    if (this.#dialect.begin(this.#socket, this.seat)) this.#enter();
    this.#greet();
  }

  #greet(): void {
    if (this.#socket === null) return;
    try {
      for (const frame of this.#early.splice(0)) {
        if (!this.#isGreeted && this.#dialect.greet(this.#socket, this.seat, frame)) this.#enter();
      }
    } catch (error) {
      this.#greeted.reject(error);
    }
  }

  #enter(): void {
    this.#isGreeted = true;
    this.#greeted.resolve(undefined);
  }

  #receive(frame: Frame, nowMs: number): void {
    if (this.#socket === null) return;
    const markers = findMarkers(frame.payload);
    for (const number of markers) this.listener.onArrival(this.seat, number, nowMs);
    if (markers.length > 0) return;
    const verdict = this.#dialect.judge(this.#socket, frame);
    if (verdict === 'stored') this.listener.onStored();
    else if (verdict === 'refused') this.listener.onRefused(frame.payload);
  }
}

function ignore(): void {
  // Nothing is being measured.
}
