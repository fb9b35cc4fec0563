import { once } from 'node:events';
import {
  encodeAwareness,
  encodeAwarenessMessage,
  encodeMissingMessage,
  encodeStateMessage,
  encodeUpdateMessage,
  readSyncMessage,
  type SyncMessage,
} from '@trolley/shared/foreign';
import { WebSocket } from 'ws';
import { testList } from './family.ts';

interface ClientOptions {
  path?: string;
  headers?: Record<string, string>;
}

/** A state vector of somebody who has nothing. */
export const emptyState = Uint8Array.of(0);
/** The update of somebody who has nothing to add. */
export const emptyUpdate = Uint8Array.of(0, 0);

/** A client of the y-websocket protocol that says what a test wants it to say. */
export class ForeignClient implements Disposable {
  readonly #socket: WebSocket;
  readonly received: SyncMessage[] = [];
  readonly #waiting = new Set<() => void>();
  /** Code and reason with which the node has closed it. */
  readonly closed: Promise<{ code: number; reason: string }>;

  private constructor(url: string, { path = `/yjs/${testList}`, headers = {} }: ClientOptions) {
    this.#socket = new WebSocket(`${url.replace('http', 'ws')}${path}`, { headers });
    this.closed = new Promise((resolve) => {
      this.#socket.once('close', (code, reason) => {
        resolve({ code, reason: reason.toString() });
      });
    });
    this.#socket.on('message', (data) => {
      const message = data instanceof Uint8Array ? readSyncMessage(data) : null;
      if (message === null) throw new Error('no message');
      this.received.push(message);
      for (const look of [...this.#waiting]) look();
    });
  }

  /** Resolves when the upgrade is done, also for somebody who will be refused. */
  static async open(url: string, options: ClientOptions = {}): Promise<ForeignClient> {
    const client = new ForeignClient(url, options);
    await new Promise((resolve, reject) => {
      client.#socket.once('open', resolve);
      client.#socket.once('error', reject);
    });
    client.#socket.on('error', () => undefined);
    return client;
  }

  /** As `open`, with an empty document, and in step with the log. `letter` is who it is. */
  static async join(url: string, letter: string, state: Uint8Array = emptyState): Promise<ForeignClient> {
    const client = await ForeignClient.open(url, { path: `/yjs/${testList}?token=${letter}` });
    client.askFor(state);
    await client.next('state');
    client.answer(emptyUpdate);
    return client;
  }

  askFor(state: Uint8Array): void {
    this.send(encodeStateMessage(state));
  }

  answer(update: Uint8Array): void {
    this.send(encodeMissingMessage(update));
  }

  edit(update: Uint8Array): void {
    this.send(encodeUpdateMessage(update));
  }

  /** Says this of each of these clients. */
  speak(clientIds: readonly number[], clock: number, state: object | null): void {
    this.send(encodeAwarenessMessage(encodeAwareness(clientIds.map((clientId) => ({ clientId, clock, state })))));
  }

  send(frame: Uint8Array | string): void {
    this.#socket.send(frame);
  }

  /** Resolves when the node has taken all that was sent before. */
  async settled(): Promise<void> {
    const answered = once(this.#socket, 'pong');
    this.#socket.ping();
    await answered;
  }

  /** Reads nothing any more. */
  pause(): void {
    this.#socket.pause();
  }

  close(): void {
    this.#socket.close();
  }

  /** The first message of this kind, past or to come, that is as it should be. */
  async next(kind: SyncMessage['kind'], isWanted: (message: SyncMessage) => boolean = () => true): Promise<Uint8Array> {
    const { promise, resolve } = Promise.withResolvers<Uint8Array>();
    const look = () => {
      const found = this.received.find((message) => message.kind === kind && isWanted(message));
      if (found !== undefined) resolve(found.bytes);
    };
    this.#waiting.add(look);
    look();
    const bytes = await promise;
    this.#waiting.delete(look);
    return bytes;
  }

  [Symbol.dispose](): void {
    this.#socket.terminate();
  }
}
