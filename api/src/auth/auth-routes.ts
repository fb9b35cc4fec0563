import { Hono } from 'hono';
import type { AppDependencies } from '../app-dependencies.ts';
import type { AppEnv } from '../http/app-env.ts';
import { callerAddress } from '../http/caller-address.ts';
import type { RateLimitName } from '../http/rate-limits.ts';

/** The calls of better-auth that the app uses, and what each counts against. Its other calls don't exist here. */
const served: readonly [method: 'GET' | 'POST', path: string, limit: RateLimitName | null][] = [
  ['GET', '/get-session', null],
  ['POST', '/sign-in/anonymous', 'newGuests'],
  ['POST', '/sign-in/email', 'passwords'],
  ['POST', '/sign-up/email', 'passwords'],
  ['POST', '/sign-out', null],
];

/** better-auth's part of the api. Its answers are its own, not in our envelope: its clients expect them so. */
export function authRoutes({ auth, limiter, isBehindProxy }: AppDependencies): Hono<AppEnv> {
  const router = new Hono<AppEnv>();
  for (const [method, path, limit] of served) {
    router.on(method, path, async (c) => {
      if (limit !== null) await limiter.spend(limit, callerAddress(c, isBehindProxy));
      return auth.handler(c.req.raw);
    });
  }
  return router;
}
