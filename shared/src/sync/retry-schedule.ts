import { errorTable, type Clock, type RandomBytes, type WireError } from '../protocol/index.ts';
import { backoffMs } from './backoff.ts';

/** For what only somebody's doing can change: a newer server, a newer app, another role. */
export const slowRetryMs = 30_000;

/** One thing to try again after a failure, later after each further one. */
export class RetrySchedule {
  readonly #parts: { clock: Clock; randomBytes: RandomBytes };
  readonly #retry: () => void;
  #failures = 0;
  #cancelTimer: (() => void) | null = null;
  #isDisposed = false;

  constructor(parts: { clock: Clock; randomBytes: RandomBytes }, retry: () => void) {
    this.#parts = parts;
    this.#retry = retry;
  }

  /** True while another try is to come. */
  get isDue(): boolean {
    return this.#cancelTimer !== null;
  }

  /** It has failed: tries again once, not before `atLeastMs`. Takes the place of a try that is due. */
  failed(atLeastMs = 0): void {
    this.cancel();
    if (this.#isDisposed) return;
    const { clock, randomBytes } = this.#parts;
    const random = (randomBytes(1)[0] ?? 0) / 256;
    const delayMs = Math.max(atLeastMs, backoffMs(this.#failures, random));
    this.#failures += 1;
    this.#cancelTimer = clock.schedule(delayMs, () => {
      this.#cancelTimer = null;
      this.#retry();
    });
  }

  /** As `failed`, at a pace that suits the error. */
  failedWith({ code, retryAfterMs }: WireError): void {
    this.failed(errorTable[code].isRetryable ? retryAfterMs : slowRetryMs);
  }

  /** What is due is not tried any more; the count of failures stays. */
  cancel(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  /** It works: the next failure is the first again. */
  reset(): void {
    this.cancel();
    this.#failures = 0;
  }

  /** Nothing is tried any more. */
  dispose(): void {
    this.cancel();
    this.#isDisposed = true;
  }
}
