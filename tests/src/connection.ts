import type { ListId } from '@trolley/shared/protocol';
import { createSocketTransport, type CloseReason, type Transport } from '@trolley/shared/sync';
import type { HttpAccount } from './http-account.ts';

const answerMs = 5_000;

/** A connection to one node, and no app on top of it: it stays closed once it has been closed. */
export class Connection implements Disposable {
  /** Resolves when the node has ended it, or it was lost. */
  readonly closed: Promise<CloseReason>;
  readonly #transport: Transport;

  private constructor(transport: Transport, closed: Promise<CloseReason>) {
    this.#transport = transport;
    this.closed = closed;
  }

  /** Rejects when the node does not let them in. */
  static async open(url: string, { token }: HttpAccount): Promise<Connection> {
    const transport = createSocketTransport({ url, extraHeaders: { authorization: `Bearer ${token}` } });
    const opened = Promise.withResolvers<undefined>();
    const closed = Promise.withResolvers<CloseReason>();
    transport.listen((event) => {
      if (event.kind === 'open') opened.resolve(undefined);
      if (event.kind !== 'close') return;
      closed.resolve(event.reason);
      opened.reject(new Error(`${url} closed: ${event.reason}`));
    });
    transport.connect();
    await opened.promise;
    return new Connection(transport, closed.promise);
  }

  /** Whether the node still answers on it. */
  async isAlive(list: ListId): Promise<boolean> {
    const answer = await this.#transport.pull({ list, epoch: 0, cursor: 0 }, answerMs).catch(() => null);
    return answer !== null;
  }

  [Symbol.dispose](): void {
    this.#transport.disconnect();
  }
}
