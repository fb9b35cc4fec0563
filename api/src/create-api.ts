import type { Hono } from 'hono';
import type { MailSettings, RedisAddress } from '@trolley/shared/process';
import type { Clock, ListEvents, LogService, RandomBytes } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import { createAuth, type Auth } from './auth/auth.ts';
import { createApp } from './create-app.ts';
import { createAnnouncements } from './events.ts';
import { createEventPublisher } from './hop/event-publisher.ts';
import type { AppEnv } from './http/app-env.ts';
import { createRateLimiter, defaultRateLimits, type RateLimit, type RateLimitName } from './http/rate-limits.ts';
import { startApiJobs } from './jobs/start-api-jobs.ts';
import { createLogService } from './log/log-service.ts';
import { createMailer } from './mail/create-mailer.ts';
import type { MailRequest } from './mail/mail-request.ts';
import { sendMail } from './mail/send-mail.ts';
import { connectRedis } from './redis/connect-redis.ts';
import { SeenNotes } from './seen/seen-notes.ts';
import { writeSeen } from './seen/seen-store.ts';
import { openStore } from './store/open-store.ts';

export { installationSecret } from './auth/installation-secret.ts';

export interface ApiOptions {
  /** A Postgres server; null for the embedded database in `dataDir`. */
  databaseUrl: string | null;
  dataDir: string;
  /** Where people reach us when a proxy stands before us; null when they talk to this process, under whatever name. */
  publicUrl: string | null;
  /** Signs the session cookies: at least 32 random characters, the same on every start. */
  authSecret: string;
  /** Whether a proxy stands before us, which says whom it speaks for. With a public URL one does in any case. */
  isBehindProxy?: boolean;
  clock: Clock;
  randomBytes: RandomBytes;
  logger: Logger;
  /** Limits other than the default ones. */
  rateLimits?: Partial<Record<RateLimitName, RateLimit>>;
  /** Where several nodes count limits together and tell the relays what happened; null or absent for one node. */
  redis?: RedisAddress | null;
  /** How mails leave; absent: as files in `dataDir`. */
  mail?: MailSettings;
  /** Days that the log of every list is kept. */
  historyDays?: number;
}

export interface Api {
  /** Serves `/api/*`, `/healthz` and `/readyz`. */
  app: Hono<AppEnv>;
  log: LogService;
  events: ListEvents;
  /** From now on `/readyz` says that this process takes nothing more. */
  retire(): void;
  /** Ends the background work and closes the database. Requests that come later fail. */
  dispose(): Promise<void>;
}

/**
 * Opens the database, brings its tables up to date and wires the api on it.
 *
 * @throws StoreUnusableError when another process has the data directory, or when the server can't be reached or lets nobody in.
 */
export async function createApi(options: ApiOptions): Promise<Api> {
  const { clock, logger, redis = null, historyDays = 400 } = options;
  const database = await openStore(options, clock, logger);
  const announcements = createAnnouncements(logger);
  const auth = createAuth(database, { ...options, announcements });
  const jobs = await startApiJobs({
    ...options,
    ...{ database, announcements, historyDays, sendMail: createMailTask(options, auth) },
  }).catch(async (error: unknown) => {
    await database.dispose();
    throw error;
  });
  const redisClient = redis === null ? null : await connectRedis(redis, clock, logger);
  if (redisClient !== null) {
    const publisher = createEventPublisher(redisClient, logger);
    announcements.subscribe((event) => {
      publisher.publish(event);
    });
  }
  const log = createLogService({ database, auth, noteTails: jobs.noteTails, clock, logger });
  const limiter = createRateLimiter({ ...defaultRateLimits, ...options.rateLimits }, redisClient);
  const seenNotes = new SeenNotes((seen) => writeSeen(database.sql, seen, new Date(clock.nowMs())), clock, logger);
  let isRetired = false;
  const parts = {
    ...options,
    ...{ database, auth, log, announcements, limiter, seenNotes, queueMail: jobs.queueMail },
    isMailed: typeof options.mail?.smtpUrl === 'string',
    isBehindProxy: options.isBehindProxy === true || options.publicUrl !== null,
    isRetired: () => isRetired,
  };
  return {
    app: createApp(parts, clock, logger),
    log,
    events: { subscribe: (listener) => announcements.subscribe(listener) },
    retire: () => {
      isRetired = true;
    },
    dispose: once(async () => {
      await seenNotes.dispose();
      await jobs.dispose();
      redisClient?.disconnect();
      await database.dispose();
    }),
  };
}

function createMailTask(options: ApiOptions, auth: Auth): (request: MailRequest) => Promise<void> {
  const send = createMailer({ ...options, mail: options.mail ?? { smtpUrl: null, from: null } });
  return (request) => sendMail(auth, send, options.logger, request);
}

/** The first call's answer, for every call. */
function once(work: () => Promise<void>): () => Promise<void> {
  let answer: Promise<void> | null = null;
  return () => (answer ??= work());
}
