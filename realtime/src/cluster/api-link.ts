import {
  answerMessages,
  callMessages,
  hopLimits,
  hopPath,
  linkIdCount,
  linkKeepAliveMs,
  linkPrefixBytes,
  type CallAnswer,
  type HopCallName,
} from '@trolley/shared/hop';
import type { Clock } from '@trolley/shared/protocol';
import { WebSocket } from 'ws';
import { NodeFailure } from './node-failure.ts';

interface LinkOptions {
  url: string;
  serviceToken: string;
  clock: Clock;
  /** Called once, whoever has ended it. */
  onEnd: () => void;
}

interface Call {
  resolve: (answer: CallAnswer) => void;
  reject: (failure: NodeFailure) => void;
  /** Whether it left over a connection that was there before. */
  isKept: boolean;
}

/** One connection to an api. All calls that a relay makes of it share it, and are answered in any order. */
export class ApiLink {
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  readonly #calls = new Map<number, Call>();
  /** What is said before the connection is there. */
  readonly #waiting: Uint8Array[] = [];
  readonly #opened = Promise.withResolvers<boolean>();
  #nextId = 0;
  #isRetired = false;
  #problem: unknown = null;

  constructor({ url, serviceToken, clock, onEnd }: LinkOptions) {
    this.#clock = clock;
    this.#socket = new WebSocket(new URL(hopPath, url), {
      headers: { authorization: `Bearer ${serviceToken}` },
      perMessageDeflate: false,
      maxPayload: linkPrefixBytes + hopLimits.maxAnswerBytes,
    });
    this.#listen(onEnd);
  }

  /** Resolves with whether the connection came to be. */
  get opened(): Promise<boolean> {
    return this.#opened.promise;
  }

  /** Whether it takes calls. */
  get isUsable(): boolean {
    return !this.#isRetired && this.#socket.readyState <= WebSocket.OPEN;
  }

  /** Makes a call. Rejects with `NodeFailure`, also when there is no answer within `timeoutMs`. */
  call(name: HopCallName, frame: Uint8Array, timeoutMs: number): Promise<CallAnswer> {
    const { promise, resolve, reject } = Promise.withResolvers<CallAnswer>();
    const id = this.#nextId;
    this.#nextId = (id + 1) % linkIdCount;
    const isKept = this.#socket.readyState === WebSocket.OPEN;
    this.#calls.set(id, { resolve, reject, isKept });
    const message = callMessages.encode({ id, kind: name, frame });
    if (isKept) this.#socket.send(message);
    else this.#waiting.push(message);
    const cancel = this.#clock.schedule(timeoutMs, () => {
      reject(new NodeFailure(`There was no answer within ${timeoutMs} ms.`));
    });
    return promise.finally(() => {
      cancel();
      this.#calls.delete(id);
      this.#endWhenDone();
    });
  }

  /** Takes no more calls, and ends when those that are under way are over. */
  retire(): void {
    this.#isRetired = true;
    this.#endWhenDone();
  }

  /** Ends it. Calls that are under way fail. */
  end(): void {
    this.#socket.terminate();
  }

  #endWhenDone(): void {
    if (this.#isRetired && this.#calls.size === 0) this.end();
  }

  #listen(onEnd: () => void): void {
    this.#socket.on('upgrade', ({ socket }) => {
      socket.setKeepAlive(true, linkKeepAliveMs);
    });
    this.#socket.on('open', () => {
      for (const message of this.#waiting.splice(0)) this.#socket.send(message);
      this.#opened.resolve(true);
    });
    this.#socket.on('message', (data) => {
      if (data instanceof Uint8Array) this.#take(data);
    });
    this.#socket.on('error', (error) => {
      this.#problem = error;
    });
    this.#socket.on('close', () => {
      this.#opened.resolve(false);
      for (const { reject, isKept } of this.#calls.values()) {
        reject(new NodeFailure('The connection has ended.', { isStale: isKept, cause: this.#problem }));
      }
      onEnd();
    });
  }

  #take(message: Uint8Array): void {
    try {
      const { id, kind, frame } = answerMessages.decode(message);
      const call = this.#calls.get(id);
      if (kind === 'going') call?.reject(new NodeFailure('It is about to end.'));
      else call?.resolve({ kind, frame });
    } catch (error) {
      this.#problem = error;
      this.end();
    }
  }
}
