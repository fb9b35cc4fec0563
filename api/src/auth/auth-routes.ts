import { TrolleyError } from '@trolley/shared/protocol';
import { Hono } from 'hono';
import { z } from 'zod';
import type { AppDependencies } from '../app-dependencies.ts';
import type { AppEnv } from '../http/app-env.ts';
import { callerAddress } from '../http/caller-address.ts';
import type { RateLimitName } from '../http/rate-limits.ts';
import { endGuestTime, refuseLastPasskey } from './account-store.ts';
import type { Auth } from './auth.ts';
import { identify } from './identify.ts';

/** The calls of better-auth that the app uses, and what each counts against. Its other calls don't exist here. */
const served: readonly [method: 'GET' | 'POST', path: string, limit: RateLimitName | null][] = [
  ['GET', '/get-session', null],
  ['POST', '/sign-in/anonymous', 'newGuests'],
  ['POST', '/sign-in/email', 'passwords'],
  ['POST', '/sign-up/email', 'passwords'],
  ['POST', '/reset-password', 'linkTokens'],
  ['POST', '/sign-out', null],
  ['GET', '/passkey/generate-register-options', 'linkTokens'],
  ['GET', '/passkey/generate-authenticate-options', 'linkTokens'],
  ['POST', '/passkey/verify-authentication', 'linkTokens'],
  ['GET', '/passkey/list-user-passkeys', null],
];

/** Calls that use up the secret of a mail's link. */
const redeemed = ['/magic-link/verify', '/verify-email'] as const;
const newPasskeySchema = z.object({ userId: z.string() });
const linkTokenSchema = z.object({ token: z.string().min(1).max(2_000) });

/** better-auth's part of the api. Its answers are its own, not in our envelope: its clients expect them so. */
export function authRoutes({ auth, database, limiter, isBehindProxy }: AppDependencies): Hono<AppEnv> {
  const router = new Hono<AppEnv>();
  for (const [method, path, limit] of served) {
    router.on(method, path, async (c) => {
      if (limit !== null) await limiter.spend(limit, callerAddress(c, isBehindProxy));
      return auth.handler(c.req.raw);
    });
  }
  router.post('/passkey/verify-registration', async (c) => {
    await limiter.spend('linkTokens', callerAddress(c, isBehindProxy));
    const answer = await auth.handler(c.req.raw);
    const passkey = newPasskeySchema.safeParse(
      await answer
        .clone()
        .json()
        .catch(() => null),
    );
    if (answer.ok && passkey.success) await endGuestTime(database, passkey.data.userId);
    return answer;
  });
  router.post('/passkey/delete-passkey', async (c) => {
    const { account } = await identify(auth, c.req.raw.headers, { refresh: false });
    if (account?.email === null) await refuseLastPasskey(database, account.userId);
    return auth.handler(c.req.raw);
  });
  for (const path of redeemed) {
    router.post(path, async (c) => {
      await limiter.spend('linkTokens', callerAddress(c, isBehindProxy));
      return redeem(auth, c.req.raw);
    });
  }
  return router;
}

/**
 * What better-auth does for a GET is done here for a POST alone, with the token in its body: programs that open the links of mails to look at
 * them use none up, and no log on the way holds one.
 */
async function redeem(auth: Auth, request: Request): Promise<Response> {
  const body = linkTokenSchema.safeParse(await request.json().catch(() => null));
  if (!body.success) throw new TrolleyError('bad-request', 'The body is no token.');
  const url = new URL(request.url);
  url.search = new URLSearchParams({ token: body.data.token }).toString();
  const headers = new Headers(request.headers);
  for (const name of ['content-length', 'content-type']) headers.delete(name);
  const answer = await auth.handler(new Request(url, { headers }));
  const refusal = new URL(answer.headers.get('location') ?? '', url).searchParams.get('error');
  return answer.status === 302 ? Response.json({ code: refusal }, { status: 400 }) : answer;
}
