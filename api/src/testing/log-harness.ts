import { randomBytes } from 'node:crypto';
import {
  createListId,
  createMemberId,
  type ListId,
  type LogService,
  type Role,
  type UserId,
} from '@trolley/shared/protocol';
import { createAuth } from '../auth/auth.ts';
import { createAnnouncements } from '../events.ts';
import { userIdSchema } from '../http/fields.ts';
import { createList } from '../lists/list-store.ts';
import { createLogService } from '../log/log-service.ts';
import type { Database } from '../store/database.ts';
import { openStore } from '../store/open-store.ts';
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

export interface StoreHarness extends LogHarness {
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
  const log = createLogService(database, auth, clock, logger);
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
    dispose: async () => {
      await log.dispose();
      await database.dispose();
      directory.remove();
    },
  };
}

async function insertUser(database: Database): Promise<UserId> {
  const id = userIdSchema.parse(randomBytes(16).toString('hex'));
  await database.sql`
    insert into "user" (id, name, email, "emailVerified", member_id, color)
    values (${id}, 'Test', ${`${id}@guest.invalid`}, false, ${createMemberId(randomBytes)}, 0)`;
  return id;
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
