import type { Clock, RandomBytes } from '../protocol/index.ts';
import { backoffMs } from './backoff.ts';

/** A connection that has lived this long was a good one: the next loss starts its backoff from the beginning. */
const healthyAfterMs = 5_000;

/** How long to wait between two tries to connect. */
export class ReconnectPace {
  readonly #parts: { clock: Clock; randomBytes: RandomBytes };
  #attempt = 0;
  #openedAtMs = 0;
  /** Somebody has asked to be left alone until then. */
  #notBeforeMs = 0;

  constructor(parts: { clock: Clock; randomBytes: RandomBytes }) {
    this.#parts = parts;
  }

  /** Whether the connection that is open, or was the last one, has lived for a while. */
  get wasHealthy(): boolean {
    return this.#parts.clock.nowMs() - this.#openedAtMs >= healthyAfterMs;
  }

  noteOpened(): void {
    this.#openedAtMs = this.#parts.clock.nowMs();
  }

  /** The next try is not made before so much time has passed. */
  notBefore(retryAfterMs = 0): void {
    this.#notBeforeMs = this.#parts.clock.nowMs() + retryAfterMs;
  }

  /** The next failure is the first again. */
  reset(): void {
    this.#attempt = 0;
  }

  /** For the wait after another failure, in milliseconds. */
  nextDelayMs(): number {
    const { clock, randomBytes } = this.#parts;
    const random = (randomBytes(1)[0] ?? 0) / 256;
    const delayMs = Math.max(this.#notBeforeMs - clock.nowMs(), backoffMs(this.#attempt, random));
    this.#attempt += 1;
    return delayMs;
  }
}
