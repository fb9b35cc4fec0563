import type { Hono } from 'hono';
import type { Clock, ListEvents, LogService, RandomBytes } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import { createAuth } from './auth/auth.ts';
import { createApp } from './create-app.ts';
import { createAnnouncements } from './events.ts';
import type { AppEnv } from './http/app-env.ts';
import { createRateLimiter, defaultRateLimits, type RateLimit, type RateLimitName } from './http/rate-limits.ts';
import { createLogService } from './log/log-service.ts';
import { openStore } from './store/open-store.ts';

export { StoreUnusableError } from './store/store-unusable-error.ts';

export interface ApiOptions {
  /** A Postgres server; null for the embedded database in `dataDir`. */
  databaseUrl: string | null;
  dataDir: string;
  /** Where people reach us when a proxy stands before us; null when they talk to this process, under whatever name. */
  publicUrl: string | null;
  /** Signs the session cookies: at least 32 random characters, the same on every start. */
  authSecret: string;
  clock: Clock;
  randomBytes: RandomBytes;
  logger: Logger;
  /** Limits other than the default ones. */
  rateLimits?: Partial<Record<RateLimitName, RateLimit>>;
}

export interface Api {
  /** Serves `/api/*`, `/healthz` and `/readyz`. */
  app: Hono<AppEnv>;
  log: LogService;
  events: ListEvents;
  /** Ends the background work and closes the database. Requests that come later fail. */
  dispose(): Promise<void>;
}

/**
 * Opens the database, brings its tables up to date and wires the api on it.
 *
 * @throws StoreUnusableError when another process has the data directory, or when the server can't be reached or lets nobody in.
 */
export async function createApi(options: ApiOptions): Promise<Api> {
  const { clock, logger, randomBytes, publicUrl } = options;
  const database = await openStore(options, clock, logger);
  const announcements = createAnnouncements(logger);
  const auth = createAuth(database, { ...options, announcements });
  const log = createLogService(database, auth, clock, logger);
  const limiter = createRateLimiter({ ...defaultRateLimits, ...options.rateLimits });
  const app = createApp({ database, auth, log, announcements, limiter, randomBytes, publicUrl }, clock, logger);
  return {
    app,
    log,
    events: { subscribe: (listener) => announcements.subscribe(listener) },
    dispose: once(async () => {
      await log.dispose();
      await database.dispose();
    }),
  };
}

/** The first call's answer, for every call. */
function once(work: () => Promise<void>): () => Promise<void> {
  let answer: Promise<void> | null = null;
  return () => (answer ??= work());
}
