import { TrolleyError } from '@trolley/shared/protocol';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './app-env.ts';

/** What is answered at once, of people and as much again of relays: fifty times what the database takes at once. */
export const maxInFlight = 500;
/** When to come again: what is in flight then is done with in far less. */
const retryAfterMs = 1_000;

/**
 * Refuses requests with `busy` while `maxRequests` are being answered: what waits for a slow store must not pile up until the memory ends.
 * Whoever is refused is told at once, and can go elsewhere.
 */
export function limitInFlight(maxRequests: number): MiddlewareHandler<AppEnv> {
  let inFlight = 0;
  return async (_c, next) => {
    if (inFlight >= maxRequests) throw new TrolleyError('busy', 'Too much at once.', { retryAfterMs });
    inFlight += 1;
    try {
      await next();
    } finally {
      inFlight -= 1;
    }
  };
}
