import type { Clock } from '@trolley/shared/protocol';
import type { NodeBus } from './node-bus.ts';

const beatMs = 500;
/** Without an own beat for this long the others cannot be heard, and the relay finds out by itself what they say. */
const patienceMs = 1_500;
/** A connection that looks alive and has carried nothing for this long is made anew. */
const reconnectAfterMs = 5_000;
/** A node that was not heard for this long is gone: presence promises 30 s. */
const nodePatienceMs = 10_000;

interface PulseParts {
  /** Names this node among all. */
  node: string;
  bus: NodeBus;
  clock: Clock;
}

export interface PulseListener {
  /** The bus works, from now on; called again after each outage. */
  onUp(): void;
  /** The bus does not work. */
  onDown(): void;
  /** A node was not heard for long. */
  onNodeGone(node: string): void;
}

/** Hears whether the bus works, by this node's own beats, and which other nodes live, by theirs. */
export class Pulse {
  readonly #parts: PulseParts;
  readonly #listener: PulseListener;
  /** When an own beat came back last, for each channel. */
  readonly #echoedAtMs = new Map<string, number>();
  readonly #heardAtMs = new Map<string, number>();
  #isUp = false;
  #downSinceMs: number;
  #cancelBeat: () => void = () => undefined;

  constructor(parts: PulseParts, listener: PulseListener) {
    this.#parts = parts;
    this.#listener = listener;
    this.#downSinceMs = parts.clock.nowMs();
    const { bus } = parts;
    for (const channel of bus.beatChannels) {
      void bus.subscribe(channel, (message) => {
        this.#hear(channel, message.toString());
      });
    }
    bus.onConnection((state) => {
      if (state === 'broken') this.#fall();
      else this.#send();
    });
    this.#beat();
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  dispose(): void {
    this.#cancelBeat();
  }

  #beat(): void {
    this.#send();
    this.#look();
    this.#cancelBeat = this.#parts.clock.schedule(beatMs, () => {
      this.#beat();
    });
  }

  #send(): void {
    const { bus, node } = this.#parts;
    for (const channel of bus.beatChannels) bus.publish(channel, node);
  }

  #hear(channel: string, node: string): void {
    const nowMs = this.#parts.clock.nowMs();
    this.#heardAtMs.set(node, nowMs);
    if (node !== this.#parts.node) return;
    this.#echoedAtMs.set(channel, nowMs);
    if (this.#isUp || !this.#isWhole(nowMs)) return;
    this.#isUp = true;
    this.#listener.onUp();
  }

  #look(): void {
    const nowMs = this.#parts.clock.nowMs();
    if (this.#isUp && !this.#isWhole(nowMs)) this.#fall();
    if (!this.#isUp && nowMs - this.#downSinceMs >= reconnectAfterMs) {
      this.#downSinceMs = nowMs;
      this.#parts.bus.reconnect();
    }
    for (const [node, heardAtMs] of this.#heardAtMs) {
      if (node === this.#parts.node || nowMs - heardAtMs < nodePatienceMs) continue;
      this.#heardAtMs.delete(node);
      this.#listener.onNodeGone(node);
    }
  }

  #isWhole(nowMs: number): boolean {
    return this.#parts.bus.beatChannels.every(
      (channel) => nowMs - (this.#echoedAtMs.get(channel) ?? -Infinity) < patienceMs,
    );
  }

  #fall(): void {
    this.#echoedAtMs.clear();
    if (!this.#isUp) return;
    this.#isUp = false;
    this.#downSinceMs = this.#parts.clock.nowMs();
    this.#listener.onDown();
  }
}
