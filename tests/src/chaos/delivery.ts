import { addItem } from '@trolley/shared/document';
import type { OpenList } from '@trolley/shared/sync';
import { NodePhone, untilSaved } from '../node-phone.ts';

/** Longest that a delivery is waited for. */
const patienceMs = 20_000;

/** Two phones on one list, each on a node of its own. */
export class AcrossNodes implements AsyncDisposable {
  readonly #sender: NodePhone;
  readonly #from: OpenList;
  readonly #receiver: NodePhone;
  readonly #to: OpenList;
  #sentCount = 0;

  private constructor(sender: NodePhone, from: OpenList, receiver: NodePhone, to: OpenList) {
    this.#sender = sender;
    this.#from = from;
    this.#receiver = receiver;
    this.#to = to;
  }

  /** `url` is the gateway, for their accounts; the nodes are those that they are connected to. */
  static async meet(url: string, nodes: readonly [string, string]): Promise<AcrossNodes> {
    const sender = await NodePhone.create(url, { socketUrl: nodes[0], address: '198.18.0.1' });
    const receiver = await NodePhone.create(url, { socketUrl: nodes[1], address: '198.18.0.1' });
    const list = await sender.client.create('Across');
    const from = await sender.client.open(list);
    await untilSaved([from], patienceMs);
    return new AcrossNodes(sender, from, receiver, await receiver.join(list, sender.account));
  }

  /** Adds an item at one node. Resolves when the other shows it, with the time of that, as `performance.now()` tells it. */
  async deliver(): Promise<number> {
    this.#sentCount += 1;
    const name = `thing ${this.#sentCount}`;
    const { document } = this.#to;
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const look = () => {
      if (document.view.items.some((item) => item.name === name)) resolve(performance.now());
    };
    const stop = document.onChange(look);
    const patience = setTimeout(() => {
      reject(new Error(`${name} was not delivered within ${patienceMs} ms`));
    }, patienceMs);
    addItem(this.#from.document, { name }, this.#sender.author());
    try {
      return await promise;
    } finally {
      clearTimeout(patience);
      stop();
    }
  }

  /** How long a delivery takes, in milliseconds. */
  async measure(): Promise<number> {
    const startedAtMs = performance.now();
    return (await this.deliver()) - startedAtMs;
  }

  /** How long it takes, in milliseconds, until the receiver knows that the sender has taken them off the list. */
  async measureRemoval(): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const startedAtMs = performance.now();
    const stop = this.#to.on((event) => {
      if (event === 'access' && this.#to.access === null) resolve(performance.now() - startedAtMs);
    });
    const patience = setTimeout(() => {
      reject(new Error(`the removal was not told within ${patienceMs} ms`));
    }, patienceMs);
    try {
      await this.#sender.account.remove(this.#to.list, this.#receiver.account.memberId);
      return await promise;
    } finally {
      clearTimeout(patience);
      stop();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#sender.client.dispose(), this.#receiver.client.dispose()]);
  }
}
