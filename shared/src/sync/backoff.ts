const firstDelayMs = 250;
const maxDelayMs = 8_000;

/**
 * How long to wait before try number `attempt` (from 0), with full jitter, so that the phones of a town do not come back in step after an
 * outage (Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015). A random number in 0..1 is passed in.
 */
export function backoffMs(attempt: number, random: number): number {
  const ceilingMs = Math.min(maxDelayMs, firstDelayMs * 2 ** Math.min(attempt, 16));
  return Math.round(ceilingMs * (0.25 + 0.75 * random));
}
