import { randomBytes } from 'node:crypto';
import {
  createListId,
  systemClock,
  type Head,
  type ListId,
  type LogId,
  type LogService,
  type Role,
  type UserId,
} from '@trolley/shared/protocol';
import { createAuth } from '../auth/auth.ts';
import { createAnnouncements } from '../events.ts';
import { createList } from '../lists/list-store.ts';
import { startApiJobs } from '../jobs/start-api-jobs.ts';
import { createLogService } from '../log/log-service.ts';
import { rollOverIfDue } from '../log/roll-over.ts';
import type { Database } from '../store/database.ts';
import { readLogId } from '../store/log-id.ts';
import { openStore } from '../store/open-store.ts';
import { backUpList } from './back-up-list.ts';
import { insertUser } from './insert-user.ts';
import { recordLog } from './log-lines.ts';
import { temporaryDataDirectory } from './temporary-directory.ts';
import { ShiftedClock } from './test-clock.ts';

/** A log to test, and the few things that its tests need beside it. */
export interface LogHarness {
  log: LogService;
  createUser: () => Promise<UserId>;
  createList: (owner: UserId) => Promise<ListId>;
  /** Null takes the membership away. */
  setRole: (list: ListId, user: UserId, role: Role | null) => Promise<void>;
  dispose: () => Promise<void>;
}

/** A log whose epochs a test can end, and that a test can take back to an earlier state. */
export interface EpochHarness extends LogHarness {
  /** Ends the list's epoch, however young it is. */
  rollOver: (list: ListId) => Promise<Head>;
  /** The name of the log, which a restore changes. */
  logId: () => Promise<LogId>;
  /** Remembers a list as it is. What is returned restores it, as a store does from a backup. */
  backUp: (list: ListId) => Promise<() => Promise<void>>;
}

export interface StoreHarness extends EpochHarness {
  database: Database;
  isEmbedded: boolean;
}

/**
 * The api's own log: on the server at `databaseUrl`, or on the embedded database in `dataDir`, which is fresh and goes with the harness unless
 * it is given.
 */
export async function startLogHarness(databaseUrl: string | null, dataDir?: string): Promise<StoreHarness> {
  const directory = dataDir === undefined ? await temporaryDataDirectory() : { path: dataDir, remove: () => undefined };
  const clock = new ShiftedClock();
  const { logger } = recordLog();
  const database = await openStore({ databaseUrl, dataDir: directory.path }, clock, logger);
  const announcements = createAnnouncements(logger);
  const authSecret = randomBytes(32).toString('base64url');
  const auth = createAuth(database, { publicUrl: null, authSecret, clock, randomBytes, logger, announcements });
  const jobs = await startApiJobs({
    databaseUrl,
    dataDir: directory.path,
    database,
    announcements,
    historyDays: 400,
    sendMail: () => Promise.resolve(),
    clock,
    logger,
  });
  const log = createLogService({ database, auth, noteTails: jobs.noteTails, clock, logger });
  return {
    log,
    database,
    isEmbedded: databaseUrl === null,
    createUser: () => insertUser(database),
    createList: async (owner) => {
      const list = createListId(randomBytes);
      await createList(database, list, owner, new Date(clock.nowMs()));
      return list;
    },
    setRole: (list, user, role) => setRole(database, list, user, role),
    rollOver: (list) => rollOver(database, list),
    logId: () => readLogId(database),
    backUp: (list) => backUpList(database, list),
    dispose: async () => {
      await jobs.dispose();
      await database.dispose();
      directory.remove();
    },
  };
}

/** As the members' routes do it: in the list's row lock. */
async function setRole(database: Database, list: ListId, user: UserId, role: Role | null): Promise<void> {
  await database.transaction(async (sql) => {
    await sql`select from lists where list_id = ${list} for update`;
    if (role === null) await sql`delete from members where list_id = ${list} and user_id = ${user}`;
    else {
      await sql`
        insert into members (list_id, user_id, role, joined_at) values (${list}, ${user}, ${role}, now())
        on conflict (list_id, user_id) do update set role = excluded.role`;
    }
  });
}

const epochMs = 26 * 7 * 24 * 60 * 60 * 1000;

/** As if its epoch had begun half a year ago. */
async function rollOver(database: Database, list: ListId): Promise<Head> {
  const began = new Date(systemClock.nowMs() - epochMs);
  await database.sql`update lists set epoch_began_at = ${began} where list_id = ${list}`;
  const head = await rollOverIfDue(database, list, new Date(systemClock.nowMs()));
  if (head === null) throw new Error('The epoch was not due to end.');
  return head;
}
