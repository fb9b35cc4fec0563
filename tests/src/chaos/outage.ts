import { once } from 'node:events';

/** How long things are away or stand still. */
const outageMs = 20_000;

/** An outage: it aborts when its time is over. */
export function beginOutage(): AbortSignal {
  return AbortSignal.timeout(outageMs);
}

/** Resolves when the time of an outage is over: the one thing here that is time and not an event. */
export async function untilOver(outage: AbortSignal): Promise<void> {
  if (!outage.aborted) await once(outage, 'abort');
}
