import { systemClock, type Clock } from '@trolley/shared/protocol';

/** The machine's clock, which a test can set forward: real timers, but expiry without waiting. */
export class ShiftedClock implements Clock {
  #shiftMs = 0;

  nowMs(): number {
    return systemClock.nowMs() + this.#shiftMs;
  }

  schedule(delayMs: number, callback: () => void): () => void {
    return systemClock.schedule(delayMs, callback);
  }

  shift(byMs: number): void {
    this.#shiftMs += byMs;
  }
}
