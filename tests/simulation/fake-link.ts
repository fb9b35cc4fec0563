import type { Relay, Peer } from '@trolley/realtime/relay';
import type { Answer, Clock, LogId } from '@trolley/shared/protocol';
import type { CloseReason, TransportEvent } from '@trolley/shared/sync';
import type { SeededRandom } from '@trolley/shared/testing';

const maxDelayMs = 120;
/** As realtime sets up Socket.IO: a ping each 10 s, and 8 s to answer. */
const pingTimeoutMs = 18_000;

interface LinkParts {
  clock: Clock;
  random: SeededRandom;
  relay: Relay;
  peer: Peer;
  /** The log that the client was greeted with. */
  log: LogId;
  deliver: (event: TransportEvent) => void;
  /** Neither side has it any more. */
  onEnd: () => void;
}

/** One connection between a client and a relay. Every message takes a random time; those from the node overtake each other, as those do that come over the bus. */
export class FakeLink {
  readonly peer: Peer;
  readonly log: LogId;
  readonly #parts: LinkParts;
  /** Calls that wait for an answer. They fail with the connection. */
  readonly #pending = new Set<() => void>();
  /** When all that was sent so far has arrived. */
  #sentUntilMs = 0;
  #isOpen = true;
  /** The client knows that it is not open any more. */
  #isOver = false;
  /** Nothing goes through any more, and neither side knows. */
  #isDead = false;

  constructor(parts: LinkParts) {
    this.#parts = parts;
    this.peer = parts.peer;
    this.log = parts.log;
  }

  /** The client closes it. */
  close(): void {
    this.#end();
    this.#failPending();
  }

  /** It ends otherwise: the client learns of it a little later. */
  cut(reason: CloseReason = 'lost'): void {
    if (!this.#isOpen) return;
    this.#end();
    this.#later(() => {
      this.#failPending();
      this.#parts.deliver({ kind: 'close', reason });
    });
  }

  silence(): void {
    this.#isDead = true;
    this.#parts.clock.schedule(pingTimeoutMs, () => {
      this.cut();
    });
  }

  /** To the client. */
  deliver(event: TransportEvent): void {
    this.#whenUp(() => {
      this.#parts.deliver(event);
    });
  }

  /** To the node, and back. */
  call<T>(timeoutMs: number, invoke: (relay: Relay, peer: Peer) => Promise<Answer<T>>): Promise<Answer<T>> {
    if (this.#isOver) return Promise.reject(new Error('not connected'));
    const { promise, resolve, reject } = Promise.withResolvers<Answer<T>>();
    const fail = () => {
      reject(new Error('no answer'));
    };
    const cancelTimeout = this.#parts.clock.schedule(timeoutMs, fail);
    this.#pending.add(fail);
    this.send((relay, peer) => {
      void invoke(relay, peer).then((answer) => {
        this.#whenUp(() => {
          resolve(answer);
        });
      });
    });
    return promise.finally(() => {
      cancelTimeout();
      this.#pending.delete(fail);
    });
  }

  /** To the node, in the order in which it is sent. */
  send(arrive: (relay: Relay, peer: Peer) => void): void {
    if (!this.#isOpen) return;
    const atLeastMs = this.#sentUntilMs - this.#parts.clock.nowMs();
    this.#sentUntilMs = this.#whenUp(() => {
      arrive(this.#parts.relay, this.peer);
    }, atLeastMs);
  }

  /** Calls back after a random time, if the connection still carries anything then. Returns when that is. */
  #whenUp(callback: () => void, atLeastMs = 0): number {
    const { clock, random } = this.#parts;
    const delayMs = Math.max(atLeastMs, random.integer(maxDelayMs));
    clock.schedule(delayMs, () => {
      if (this.#isOpen && !this.#isDead) callback();
    });
    return clock.nowMs() + delayMs;
  }

  #end(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#parts.onEnd();
  }

  #failPending(): void {
    this.#isOver = true;
    for (const fail of [...this.#pending]) fail();
  }

  #later(callback: () => void): void {
    const { clock, random } = this.#parts;
    clock.schedule(random.integer(maxDelayMs), callback);
  }
}
