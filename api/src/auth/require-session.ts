import { TrolleyError } from '@trolley/shared/protocol';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../http/app-env.ts';
import type { Auth } from './auth.ts';
import { identify } from './identify.ts';

/** Lets nobody through without a session, and leaves who it is in `c.var.account`. A session that is used lives on. */
export function requireSession(auth: Auth): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const { account, setCookie } = await identify(auth, c.req.raw.headers, { refresh: true });
    if (account === null) throw new TrolleyError('unauthenticated', 'There is no session.');
    c.set('account', account);
    await next();
    for (const cookie of setCookie) c.res.headers.append('set-cookie', cookie);
  };
}
