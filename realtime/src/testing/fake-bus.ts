import type { NodeBus } from '../cluster/node-bus.ts';

/** What carries messages between the nodes of a test, when it does. */
export class FakeHub {
  readonly #buses = new Set<FakeBus>();
  /** Messages that were sent, in order. */
  readonly sent: string[] = [];
  /** While it is down nothing is carried, and nothing is confirmed. */
  isDown = false;
  /** Carries nothing and breaks no connection. */
  isFrozen = false;

  join(beatChannels: readonly string[] = ['beat']): FakeBus {
    const bus = new FakeBus(this, beatChannels);
    this.#buses.add(bus);
    return bus;
  }

  carry(channel: string, message: string): void {
    if (this.isDown || this.isFrozen) return;
    this.sent.push(`${channel} ${message}`);
    for (const bus of this.#buses) bus.receive(channel, Buffer.from(message));
  }

  /** All connections break. */
  goDown(): void {
    this.isDown = true;
    for (const bus of this.#buses) bus.tell('broken');
  }

  /** All connections are made again. */
  comeUp(): void {
    this.isDown = false;
    for (const bus of this.#buses) bus.tell('made');
  }
}

/** One node's end of it. */
export class FakeBus implements NodeBus {
  readonly beatChannels: readonly string[];
  readonly #hub: FakeHub;
  readonly #listeners = new Map<string, (message: Buffer) => void>();
  #onConnection: (state: 'made' | 'broken') => void = () => undefined;
  reconnects = 0;
  /** Channels whose messages do not reach this node. */
  readonly deafTo = new Set<string>();

  constructor(hub: FakeHub, beatChannels: readonly string[]) {
    this.#hub = hub;
    this.beatChannels = beatChannels;
  }

  get channels(): string[] {
    return [...this.#listeners.keys()];
  }

  publish(channel: string, message: string): void {
    this.#hub.carry(channel, message);
  }

  subscribe(channel: string, listener: (message: Buffer) => void): Promise<void> {
    this.#listeners.set(channel, listener);
    return Promise.resolve();
  }

  unsubscribe(channel: string): void {
    this.#listeners.delete(channel);
  }

  onConnection(listener: (state: 'made' | 'broken') => void): void {
    this.#onConnection = listener;
  }

  reconnect(): void {
    this.reconnects += 1;
  }

  receive(channel: string, message: Buffer): void {
    if (!this.deafTo.has(channel)) this.#listeners.get(channel)?.(message);
  }

  tell(state: 'made' | 'broken'): void {
    this.#onConnection(state);
  }
}
