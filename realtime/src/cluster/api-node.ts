import * as http from 'node:http';
import * as https from 'node:https';
import { hopLimits } from '@trolley/shared/hop';
import type { Clock } from '@trolley/shared/protocol';

/** What an api answered. */
export interface NodeAnswer {
  status: number;
  body: Buffer;
  /** When to come again, if it said so. */
  retryAfterMs: number | null;
}

/** An api did not answer, or not as one does. */
export class NodeFailure extends Error {
  override readonly name = 'NodeFailure';
  /** The connection had been kept from before and was closed when it was used: that says nothing about the api. */
  readonly isStale: boolean;

  constructor(message: string, options: { isStale?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.isStale = options.isStale ?? false;
  }
}

const maxConnections = 64;
const healthTimeoutMs = 1_000;

/** One api of several, as a relay reaches it: connections are kept, and each call leaves in one write. */
export class ApiNode {
  readonly url: string;
  readonly #clock: Clock;
  readonly #agent: http.Agent;
  readonly #request: typeof http.request;
  readonly #place: { hostname: string; port: string };
  readonly #authorization: string;

  constructor(options: { url: string; serviceToken: string; clock: Clock }) {
    const { protocol, hostname, port } = new URL(options.url);
    const { Agent, request } = protocol === 'https:' ? https : http;
    this.url = options.url;
    this.#clock = options.clock;
    this.#agent = new Agent({ keepAlive: true, maxSockets: maxConnections, scheduling: 'lifo' });
    this.#request = request;
    this.#place = { hostname, port };
    this.#authorization = `Bearer ${options.serviceToken}`;
  }

  /** Makes a call of the hop. Rejects with `NodeFailure`, also when there is no answer within `timeoutMs`. */
  post(name: string, body: Uint8Array, timeoutMs: number): Promise<NodeAnswer> {
    const headers = { authorization: this.#authorization, 'content-length': body.byteLength };
    return this.#call({ method: 'POST', path: `/internal/v1/${name}`, headers }, body, timeoutMs);
  }

  /** Whether it lives. */
  async isHealthy(): Promise<boolean> {
    try {
      const { status } = await this.#call({ method: 'GET', path: '/healthz' }, null, healthTimeoutMs);
      return status === 200;
    } catch {
      return false;
    }
  }

  /** Ends all connections. */
  close(): void {
    this.#agent.destroy();
  }

  #call(options: http.RequestOptions, body: Uint8Array | null, timeoutMs: number): Promise<NodeAnswer> {
    const { promise, resolve, reject } = Promise.withResolvers<NodeAnswer>();
    const request = this.#request({ ...this.#place, agent: this.#agent, ...options }, (response) => {
      readAnswer(response).then(resolve, (error: unknown) => {
        reject(new NodeFailure('The answer broke off.', { cause: error }));
      });
    });
    const cancel = this.#clock.schedule(timeoutMs, () => {
      request.destroy(new Error(`no answer within ${timeoutMs} ms`));
    });
    request.on('error', (error) => {
      const isStale =
        request.reusedSocket && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
      reject(new NodeFailure(error.message, { isStale, cause: error }));
    });
    request.end(body ?? undefined);
    return promise.finally(cancel);
  }
}

async function readAnswer(response: http.IncomingMessage): Promise<NodeAnswer> {
  const chunks: Buffer[] = [];
  let byteLength = 0;
  for await (const chunk of response) {
    if (!Buffer.isBuffer(chunk)) continue;
    byteLength += chunk.byteLength;
    if (byteLength > hopLimits.maxAnswerBytes) throw new Error('The answer is too long.');
    chunks.push(chunk);
  }
  const retryAfterS = Number(response.headers['retry-after']);
  return {
    status: response.statusCode ?? 0,
    body: Buffer.concat(chunks),
    retryAfterMs: retryAfterS > 0 ? retryAfterS * 1_000 : null,
  };
}
