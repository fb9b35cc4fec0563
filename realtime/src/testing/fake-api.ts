import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  answerMessages,
  askLog,
  callMessages,
  encodeRefusal,
  type CallAnswer,
  type HopCallName,
} from '@trolley/shared/hop';
import { toWireError, type LogService } from '@trolley/shared/protocol';
import { WebSocketServer, type WebSocket } from 'ws';

/** What an api does with a call instead of answering it: say nothing, break off, say that it ends, or send something else. */
export type Misbehaviour = 'silence' | 'break' | 'going' | { sends: Uint8Array | string };

/** What an api does with a relay that comes: let it wait, or send it away with a status. */
type Doorstep = 'silence' | number;

/** An api as a relay sees it, on a free port and on a log of the test's choice. */
export class FakeApi implements AsyncDisposable {
  readonly #server: Server;
  readonly #links = new WebSocketServer({ noServer: true });
  readonly #kept = new Set<Duplex>();
  readonly #log: LogService;
  /** Names of the calls that it was asked, in order. */
  readonly asked: HopCallName[] = [];
  /** How often a relay has come. */
  visitCount = 0;
  /** Asked before each call. */
  misbehave: (name: HopCallName) => Misbehaviour | null = () => null;
  /** Asked when a relay comes; null lets it in. */
  receive: () => Doorstep | null = () => null;
  #port = 0;

  private constructor(log: LogService) {
    this.#log = log;
    this.#server = createServer();
    this.#server.on('upgrade', (request, socket, head) => {
      this.#receive(request, socket, head);
    });
  }

  static async start(log: LogService): Promise<FakeApi> {
    const api = new FakeApi(log);
    await api.#listen();
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Says good-bye to all relays. */
  closeLinks(): void {
    for (const link of this.#links.clients) link.close();
  }

  /** Nobody is there any more. */
  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    for (const link of this.#links.clients) link.terminate();
    for (const socket of this.#kept) socket.destroy();
    await once(this.#server, 'close');
  }

  /** It is there again, on the same port. */
  async restart(): Promise<void> {
    await this.#listen();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#server.listening) await this.stop();
  }

  async #listen(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (typeof address === 'object' && address !== null) this.#port = address.port;
  }

  #receive(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.visitCount += 1;
    const doorstep = this.receive();
    if (doorstep === 'silence') {
      this.#kept.add(socket);
      return;
    }
    if (doorstep !== null) {
      socket.end(`HTTP/1.1 ${doorstep} No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    this.#links.handleUpgrade(request, socket, head, (link) => {
      link.on('message', (data) => {
        if (data instanceof Uint8Array) void this.#serve(link, data);
      });
    });
  }

  async #serve(link: WebSocket, message: Uint8Array): Promise<void> {
    const { id, kind: name, frame } = callMessages.decode(message);
    this.asked.push(name);
    const misbehaviour = this.misbehave(name);
    if (misbehaviour === 'silence') return;
    if (misbehaviour === 'break') {
      link.terminate();
    } else if (misbehaviour === 'going') {
      link.send(answerMessages.encode({ id, kind: 'going', frame: new Uint8Array() }));
    } else if (misbehaviour === null) {
      link.send(answerMessages.encode({ id, ...(await this.#answer(name, frame)) }));
    } else if (typeof misbehaviour.sends === 'string') {
      link.send(misbehaviour.sends);
    } else {
      link.send(answerMessages.encode({ id, kind: 'answer', frame: misbehaviour.sends }));
    }
  }

  async #answer(name: HopCallName, frame: Uint8Array): Promise<CallAnswer> {
    try {
      return { kind: 'answer', frame: await askLog(this.#log, name, frame) };
    } catch (error) {
      return { kind: 'refusal', frame: encodeRefusal(toWireError(error)) };
    }
  }
}
