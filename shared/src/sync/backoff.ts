const firstDelayMs = 250;
/** A restart takes seconds: whoever waits for it should not wait much longer than it. */
const restartDelayMs = 4_000;
/** After some two minutes of trying it is an outage, and the server that comes back from it has many phones to greet. */
const outageDelayMs = 15_000;
const outageAttempts = 50;

/**
 * How long to wait before try number `attempt` (from 0), with jitter, so that the phones of a town do not come back in step after an
 * outage (Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015). A random number in 0..1 is passed in.
 */
export function backoffMs(attempt: number, random: number): number {
  const boundMs = attempt < outageAttempts ? restartDelayMs : outageDelayMs;
  const ceilingMs = Math.min(boundMs, firstDelayMs * 2 ** Math.min(attempt, 16));
  return Math.round(ceilingMs * (0.25 + 0.75 * random));
}
