/** Time as the pure code sees it. Milliseconds since 1970; timers return how to cancel them. */
export interface Clock {
  nowMs(): number;
  /** Calls back once after `delayMs`, unless cancelled first. */
  schedule(delayMs: number, callback: () => void): () => void;
}

/** The machine's clock. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  schedule(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};
