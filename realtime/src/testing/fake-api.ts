import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { encodeRefusal, hopCalls } from '@trolley/shared/hop';
import { errorTable, toWireError, type LogService } from '@trolley/shared/protocol';

/** What an api does with a call instead of answering it: say nothing, break off, or answer something else. */
export type Misbehaviour = 'silence' | 'break' | { status: number; body: string; headers?: Record<string, string> };

/** An api as a relay sees it, on a free port and on a log of the test's choice. */
export class FakeApi implements AsyncDisposable {
  readonly #server: Server;
  readonly #log: LogService;
  /** Names of the calls that it was asked, in order. */
  readonly asked: string[] = [];
  /** Asked before each call. */
  misbehave: (name: string) => Misbehaviour | null = () => null;
  #port = 0;

  private constructor(log: LogService) {
    this.#log = log;
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(log: LogService): Promise<FakeApi> {
    const api = new FakeApi(log);
    await api.#listen();
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Ends all its connections that are not in use. */
  closeIdleConnections(): void {
    this.#server.closeIdleConnections();
  }

  /** Nobody is there any more. */
  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
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

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const name = (request.url ?? '').replace('/internal/v1/', '');
    this.asked.push(name);
    const misbehaviour = this.misbehave(name);
    if (misbehaviour === 'silence') return;
    if (misbehaviour === 'break') {
      request.socket.destroy();
      return;
    }
    if (misbehaviour !== null) {
      response.writeHead(misbehaviour.status, misbehaviour.headers).end(misbehaviour.body);
      return;
    }
    try {
      response.end(await this.#answer(name, body));
    } catch (error) {
      const wireError = toWireError(error);
      response.writeHead(errorTable[wireError.code].status).end(encodeRefusal(wireError));
    }
  }

  async #answer(name: string, body: Uint8Array): Promise<Uint8Array> {
    const { append, pull, heads, roles, authenticate } = hopCalls;
    switch (name) {
      case 'append':
        return append.answer.encode(await this.#log.append(append.request.decode(body)));
      case 'pull': {
        const { userId, request } = pull.request.decode(body);
        return pull.answer.encode(await this.#log.pull(userId, request));
      }
      case 'heads':
        return heads.answer.encode(await this.#log.heads(heads.request.decode(body)));
      case 'roles':
        return roles.answer.encode(await this.#log.roles(roles.request.decode(body)));
      case 'authenticate':
        return authenticate.answer.encode(await this.#log.authenticate(authenticate.request.decode(body)));
      default:
        return new Uint8Array();
    }
  }
}
