import type { Clock } from '@trolley/shared/protocol';

/** Pause after each piece of work, in multiples of what it took: at most a tenth of this process goes into them, however much there is to do. */
const restFactor = 9;

/** Keeps work in the background from taking more than its share of the process that also serves people. */
export class WorkShare {
  readonly #clock: Clock;
  #restedAtMs = 0;
  #wake: (() => void) | null = null;
  #isHurried = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Runs `work` when this process has rested from what ran before. One at a time: the caller waits before it asks again. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.#rest();
    const startedAtMs = this.#clock.nowMs();
    try {
      return await work();
    } finally {
      const endedAtMs = this.#clock.nowMs();
      this.#restedAtMs = endedAtMs + restFactor * (endedAtMs - startedAtMs);
    }
  }

  /** From now on nothing waits: the process is about to end. */
  hurry(): void {
    this.#isHurried = true;
    this.#wake?.();
  }

  async #rest(): Promise<void> {
    const delayMs = this.#restedAtMs - this.#clock.nowMs();
    if (delayMs <= 0 || this.#isHurried) return;
    const rested = Promise.withResolvers<undefined>();
    const cancel = this.#clock.schedule(delayMs, () => {
      rested.resolve(undefined);
    });
    this.#wake = () => {
      cancel();
      rested.resolve(undefined);
    };
    await rested.promise;
    this.#wake = null;
  }
}
