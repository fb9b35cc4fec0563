import { on, once } from 'node:events';
import { Encoder, toWire } from '@trolley/shared/wire';
import { WebSocket } from 'ws';
import { testList } from './family.ts';

/** A connection that opens the test list and then reads nothing any more. Sends no headers; see `admitUnnamed`. */
export class StuckClient implements Disposable {
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static async open(url: string, clientId: number): Promise<StuckClient> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    const messages = on(socket, 'message');
    await once(socket, 'open');
    const client = new StuckClient(socket);
    client.#send({ type: 0 });
    // The session, the greeting of Socket.IO, and ours.
    for (let message = 0; message < 3; message += 1) await messages.next();
    client.#send({ type: 2, id: 1, data: ['pull', toWire('pull', { list: testList, epoch: 0, cursor: 0, clientId })] });
    await messages.next();
    socket.pause();
    return client;
  }

  #send(packet: { type: number; id?: number; data?: unknown }): void {
    for (const chunk of new Encoder().encode({ nsp: '/', ...packet })) this.#socket.send(chunk);
  }

  [Symbol.dispose](): void {
    this.#socket.terminate();
  }
}
