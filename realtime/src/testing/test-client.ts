import type { PullRequest, PullResult, Answer } from '@trolley/shared/protocol';
import { createSocketTransport, type Transport, type TransportEvent } from '@trolley/shared/sync';
import { headersOf, testList } from './family.ts';

const answerTimeoutMs = 5_000;

/** Somebody's app, as far as the node can tell: the real transport, and all that it has reported. */
export class TestClient implements Disposable {
  readonly transport: Transport;
  readonly events: TransportEvent[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(node: { readonly url: string }, letter: string, headers: Record<string, string> = {}) {
    this.transport = createSocketTransport({ url: node.url, extraHeaders: { ...headersOf(letter), ...headers } });
    this.transport.listen((event) => {
      this.events.push(event);
      for (const look of [...this.#waiting]) look();
    });
  }

  /** Connects and, with a client id, opens the list. */
  static async open(node: { readonly url: string }, letter: string, clientId?: number): Promise<TestClient> {
    const client = new TestClient(node, letter);
    client.transport.connect();
    await client.next('open');
    if (clientId !== undefined) await client.pull({ clientId });
    return client;
  }

  pull(fields: Partial<PullRequest> = {}): Promise<Answer<PullResult>> {
    return this.transport.pull({ list: testList, epoch: 0, cursor: 0, ...fields }, answerTimeoutMs);
  }

  push(update: Uint8Array, isBulk = false) {
    const request = { list: testList, epoch: 0, update, ...(isBulk ? { isBulk } : {}) };
    return this.transport.push(request, answerTimeoutMs);
  }

  /** The first event of this kind, past or to come, that is as it should be. */
  async next<K extends TransportEvent['kind']>(
    kind: K,
    isWanted: (event: Extract<TransportEvent, { kind: K }>) => boolean = () => true,
  ): Promise<Extract<TransportEvent, { kind: K }>> {
    const isKind = (event: TransportEvent): event is Extract<TransportEvent, { kind: K }> => event.kind === kind;
    const find = () => this.events.filter(isKind).find(isWanted);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const look = () => {
      if (find() !== undefined) resolve(undefined);
    };
    this.#waiting.add(look);
    look();
    await promise;
    this.#waiting.delete(look);
    const found = find();
    if (found === undefined) throw new Error('it was here a moment ago');
    return found;
  }

  [Symbol.dispose](): void {
    this.transport.disconnect();
  }
}
