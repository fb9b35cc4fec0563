import { TrolleyError } from '@trolley/shared/protocol';
import type { MiddlewareHandler } from 'hono';
import { isFromOurselves } from './request-origin.ts';

/** Keeps other sites' pages from acting with a visitor's cookie. */
export function refuseForeignOrigins(publicUrl: string | null): MiddlewareHandler {
  return async (c, next) => {
    const header = (name: string): string | null => c.req.header(name) ?? null;
    if (!isFromOurselves({ method: c.req.method, url: c.req.url, publicUrl, header })) {
      throw new TrolleyError('forbidden', 'The request comes from another origin.');
    }
    await next();
  };
}
