import type { Context } from 'hono';
import type { Account } from '../auth/identify.ts';

/** What the middleware leaves for the handlers. */
export interface AppEnv {
  Variables: {
    requestId: string;
    /** Of this request, in milliseconds since 1970. */
    nowMs: number;
    /** Set by `requireSession`: only handlers behind it may read it. */
    account: Account;
  };
}

export type AppContext = Context<AppEnv>;
