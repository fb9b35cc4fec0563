import type { Clock } from '@trolley/shared/protocol';

/** Somebody to whom this node sends. */
export interface Receiver {
  /** What was sent and is still in our memory. */
  bytesWaiting(): number;
  drop(): void;
}

const lookMs = 1_000;
/** A snapshot of the largest list, several times. */
const maxBytesWaiting = 4 * 1024 * 1024;

/** R21: drops clients that do not take what they are sent, before it fills the memory. They come back and pull what they are missing. */
export class SlowClients {
  readonly #clock: Clock;
  readonly #receivers = new Set<Receiver>();
  #cancel: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#wait();
  }

  /** Returns how to stop looking at it. */
  watch(receiver: Receiver): () => void {
    this.#receivers.add(receiver);
    return () => this.#receivers.delete(receiver);
  }

  dispose(): void {
    this.#cancel();
  }

  #wait(): void {
    this.#cancel = this.#clock.schedule(lookMs, () => {
      for (const receiver of this.#receivers) {
        if (receiver.bytesWaiting() <= maxBytesWaiting) continue;
        this.#receivers.delete(receiver);
        receiver.drop();
      }
      this.#wait();
    });
  }
}
