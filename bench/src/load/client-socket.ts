import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { encodeFrame, FrameReader, opcode, type Frame } from './frames.ts';

/** Where a client connects, and what it says there. */
export interface Handshake {
  readonly port: number;
  readonly path: string;
  /** Lines of the request's head, such as `Authorization: Bearer …`. */
  readonly headers: readonly string[];
}

const endOfHead = '\r\n\r\n';
const headPatienceMs = 10_000;
const pong = encodeFrame(opcode.pong, Buffer.alloc(0));

/** What a client's owner is told. `nowMs` is when the bytes of a message arrived. */
export interface SocketListener {
  onMessage(frame: Frame, nowMs: number): void;
  /** The server has hung up. */
  onClose(): void;
}

/**
 * A WebSocket client on a bare TCP socket: a load generator must cost less than the servers it measures. It trusts what the server says; it
 * answers pings, and hands everything else over.
 */
export class ClientSocket {
  readonly #socket: Socket;
  readonly #reader = new FrameReader();
  readonly #listener: SocketListener;

  private constructor(socket: Socket, listener: SocketListener) {
    this.#socket = socket;
    this.#listener = listener;
  }

  /** Resolves when the server has switched to WebSocket. Rejects with what it answered instead. */
  static async open({ port, path, headers }: Handshake, listener: SocketListener): Promise<ClientSocket> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    const head = [
      `GET ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      ...headers,
    ];
    socket.write(head.join('\r\n') + endOfHead);
    const early = await readHead(socket);
    const client = new ClientSocket(socket, listener);
    // A server that resets the connection has hung up: `close` follows.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      listener.onClose();
    });
    socket.on('data', (chunk: Buffer) => {
      client.#receive(chunk);
    });
    client.#receive(early);
    return client;
  }

  get bytesIn(): number {
    return this.#socket.bytesRead;
  }

  get bytesOut(): number {
    return this.#socket.bytesWritten;
  }

  /** Sends a message. */
  send(payload: Uint8Array, kind: number = opcode.binary): void {
    this.#socket.write(encodeFrame(kind, payload));
  }

  /** Sends a frame that was made before. */
  write(frame: Buffer): void {
    this.#socket.write(frame);
  }

  /** Ends the connection at once, and resolves when it is gone. */
  async close(): Promise<void> {
    if (this.#socket.destroyed) return;
    const { promise: closed, resolve } = Promise.withResolvers<undefined>();
    this.#socket.once('close', () => {
      resolve(undefined);
    });
    // Where the server is about to hang up, it is ended already.
    if (this.#socket.writable) this.#socket.end(encodeFrame(opcode.close, Buffer.of(0x03, 0xe8)));
    this.#socket.destroySoon();
    await closed;
  }

  #receive(chunk: Buffer): void {
    const nowMs = performance.now();
    for (const frame of this.#reader.read(chunk)) {
      if (frame.opcode === opcode.ping) this.#socket.write(pong);
      else if (frame.opcode !== opcode.pong && frame.opcode !== opcode.close) this.#listener.onMessage(frame, nowMs);
    }
  }
}

/** Reads the answer's head, and returns what came behind it. */
async function readHead(socket: Socket): Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  for (;;) {
    const end = bytes.indexOf(endOfHead);
    if (end !== -1) {
      const head = bytes.toString('latin1', 0, end);
      if (head.startsWith('HTTP/1.1 101 ')) return bytes.subarray(end + endOfHead.length);
      socket.destroy();
      throw new Error(`The server answered ${head.split('\r\n')[0] ?? ''}`);
    }
    const received: unknown[] = await once(socket, 'data', { signal: AbortSignal.timeout(headPatienceMs) });
    const [chunk] = received;
    if (!Buffer.isBuffer(chunk)) throw new Error('no bytes');
    bytes = Buffer.concat([bytes, chunk]);
  }
}
