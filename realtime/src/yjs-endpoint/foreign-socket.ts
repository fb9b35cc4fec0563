import { encodeAwareness, encodeAwarenessMessage } from '@trolley/shared/foreign';
import type { Clock } from '@trolley/shared/protocol';
import type { WebSocket } from 'ws';
import type { Receiver } from '../node/slow-clients.ts';
import type { Ending } from './ending.ts';

/** y-websocket hangs up after 30 s without a message, and the gateway after 25 s. */
const beatMs = 10_000;
/** Whoever has answered none of two beats is gone. */
const maxSilentBeats = 2;
/** For the other side to close, too. */
const closePatienceMs = 2_000;
/** Says nothing of nobody. */
const beat = encodeAwarenessMessage(encodeAwareness([]));

interface SocketHandlers {
  /** A frame of bytes; null when it was text. */
  onMessage: (frame: Uint8Array | null) => void;
  /** Called once, whoever has closed it. */
  onClose: () => void;
}

/** A WebSocket that is kept alive, can be left unread for a while, and ends for sure. It begins unread. */
export class ForeignSocket implements Receiver {
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  readonly #handlers: SocketHandlers;
  #silentBeats = 0;
  #isEnding = false;
  #cancel: () => void = () => undefined;

  constructor(socket: WebSocket, clock: Clock, handlers: SocketHandlers) {
    this.#socket = socket;
    this.#clock = clock;
    this.#handlers = handlers;
    socket.pause();
    this.#listen();
    this.#waitForBeat();
  }

  send(frame: Uint8Array): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(frame);
  }

  /** While it is not read from, the machine of the other side keeps what is sent. */
  setPaused(isPaused: boolean): void {
    if (this.#isEnding) return;
    if (isPaused) this.#socket.pause();
    else this.#socket.resume();
  }

  /** Ends the connection when it has taken what was sent. */
  end({ code, reason }: Ending): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.#cancel();
    // Else the end of the other side would not be seen.
    this.#socket.resume();
    this.#socket.close(code, reason);
    this.#cancel = this.#clock.schedule(closePatienceMs, () => {
      this.drop();
    });
  }

  /** Ends the connection at once. */
  drop(): void {
    this.#socket.terminate();
  }

  bytesWaiting(): number {
    return this.#socket.bufferedAmount;
  }

  #listen(): void {
    const [socket, { onMessage, onClose }] = [this.#socket, this.#handlers];
    socket.on('message', (data, isBinary) => {
      this.#silentBeats = 0;
      if (!this.#isEnding) onMessage(isBinary && data instanceof Uint8Array ? data : null);
    });
    socket.on('pong', () => {
      this.#silentBeats = 0;
    });
    // What breaks the rules of WebSocket has been answered with a close frame by then.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#isEnding = true;
      this.#cancel();
      onClose();
    });
  }

  #waitForBeat(): void {
    this.#cancel = this.#clock.schedule(beatMs, () => {
      this.#waitForBeat();
      // Answers of a socket that is not read from are not seen.
      if (!this.#socket.isPaused) this.#silentBeats += 1;
      if (this.#silentBeats > maxSilentBeats) {
        this.drop();
        return;
      }
      this.send(beat);
      this.#socket.ping();
    });
  }
}
