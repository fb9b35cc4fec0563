import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer, type ServerOptions } from 'ws';
import type { RealtimeSocket } from '../socket-rooms.ts';
import { BinaryFrames } from './binary-frames.ts';

type Connection = RealtimeSocket['conn'];
type SendData = Parameters<WebSocket['send']>[0];
type SendOptions = Parameters<WebSocket['send']>[1];
type SendCallback = (error?: Error) => void;

/** The socket of each request that asked for one. */
const sockets = new WeakMap<IncomingMessage, GatheringSocket>();

/**
 * WebSockets whose frames leave when the turn of the event loop ends: those of one turn to one client in one system call. A batch answers and
 * relays many edits in one turn, and system calls are half of what a relay costs.
 */
export class GatheringSockets extends WebSocketServer {
  readonly #gathered = new Set<GatheringSocket>();
  readonly #frames = new BinaryFrames();

  constructor(options: ServerOptions) {
    super({ ...options, WebSocket: GatheringSocket });
  }

  override handleUpgrade(
    request: IncomingMessage,
    stream: Duplex,
    head: Buffer,
    callback: (client: WebSocket, request: IncomingMessage) => void,
  ): void {
    super.handleUpgrade(request, stream, head, (client) => {
      if (client instanceof GatheringSocket) {
        sockets.set(request, client);
        client.gatherInto(stream, (bytes) => {
          this.#remember(client);
          return this.#frames.frame(bytes);
        });
      }
      callback(client, request);
    });
  }

  #remember(socket: GatheringSocket): void {
    if (this.#gathered.size === 0) {
      setImmediate(() => {
        for (const gathered of this.#gathered) gathered.flush();
        this.#gathered.clear();
      });
    }
    this.#gathered.add(socket);
  }
}

/**
 * Hands packets of an open connection to its socket at once. Engine.IO keeps each in a buffer and tells of it four times, for transports that
 * can be busy or change; ours is neither, and that cost some 7 % of what a relay does (decision 0019).
 */
export function writeStraight(connection: Connection): void {
  const socket = sockets.get(connection.request);
  if (socket === undefined) return;
  const write = connection.write.bind(connection);
  connection.write = (data, options, callback) => {
    if (callback !== undefined || connection.readyState !== 'open' || !Buffer.isBuffer(data)) {
      return write(data, options, callback);
    }
    socket.send(data);
    return connection;
  };
}

class GatheringSocket extends WebSocket {
  #stream: Duplex | null = null;
  #frame: (bytes: Buffer) => Buffer = (bytes) => bytes;
  #gathered: Buffer[] = [];

  /** From now on what is sent waits for `flush`. `frame` is told of all of it. */
  gatherInto(stream: Duplex, frame: (bytes: Buffer) => Buffer): void {
    this.#stream = stream;
    this.#frame = frame;
  }

  flush(): void {
    const frames = this.#gathered;
    this.#gathered = [];
    const [first] = frames;
    // Whoever has begun to close takes nothing any more.
    if (first === undefined || this.readyState !== WebSocket.OPEN) return;
    this.#stream?.write(frames.length === 1 ? first : Buffer.concat(frames));
  }

  override close(code?: number, reason?: string | Buffer): void {
    this.flush();
    super.close(code, reason);
  }

  override send(data: SendData, callback?: SendCallback): void;
  override send(data: SendData, options: SendOptions, callback?: SendCallback): void;
  /** Calls back at once: Engine.IO keeps back what comes before it is called, and what was sent waits in the stream all the same. */
  override send(data: SendData, first: SendOptions | SendCallback = {}, second?: SendCallback): void {
    const [options, callback] = typeof first === 'function' ? [{}, first] : [first, second];
    if (this.#stream === null || this.readyState !== WebSocket.OPEN) {
      super.send(data, options, callback);
      return;
    }
    if (Buffer.isBuffer(data)) {
      this.#gathered.push(this.#frame(data));
    } else {
      // Text is rare: what Engine.IO itself has to say.
      this.flush();
      super.send(data, options);
    }
    callback?.();
  }
}
