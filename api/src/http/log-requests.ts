import { routePath } from 'hono/route';
import type { MiddlewareHandler } from 'hono';
import type { Clock, RandomBytes } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import type { AppEnv } from './app-env.ts';

/**
 * Names each request and logs what became of it: never its path, which may hold a token, but the path's template; no header, no body.
 * The handlers see one time for the whole request.
 */
export function logRequests(logger: Logger, clock: Clock, randomBytes: RandomBytes): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const startedAtMs = clock.nowMs();
    const requestId = Buffer.from(randomBytes(9)).toString('base64url');
    c.set('nowMs', startedAtMs);
    c.set('requestId', requestId);
    c.header('X-Request-Id', requestId);
    await next();
    const ms = clock.nowMs() - startedAtMs;
    logger.info({ requestId, method: c.req.method, path: routePath(c), status: c.res.status, ms }, 'request');
  };
}
