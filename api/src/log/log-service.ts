import type { Clock, Credentials, Head, ListId, LogService, Role, Seat, Session } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import type { Auth } from '../auth/auth.ts';
import { identify } from '../auth/identify.ts';
import type { Database } from '../store/database.ts';
import { readLogId } from '../store/log-id.ts';
import { describeStoreError } from '../store/store-errors.ts';
import { appendBatch, type Tail } from './append.ts';
import { carryLateEdits } from './carry-late-edits.ts';
import { pull } from './pull.ts';

/** What the log is made of. */
export interface LogServiceParts {
  database: Database;
  auth: Auth;
  /** Is told after each batch how much log its lists have behind their last snapshots. */
  noteTails: (tails: readonly Tail[]) => void;
  clock: Clock;
  logger: Logger;
}

/** The log of all lists, in this process. */
export function createLogService({ database, auth, noteTails, clock, logger }: LogServiceParts): LogService {
  return {
    authenticate: (credentials) => telling(() => authenticate(database, auth, credentials)),
    pull: (userId, request) => telling(() => pull(database.sql, userId, request)),
    append: (appends) =>
      telling(async () => {
        const now = new Date(clock.nowMs());
        const batch = await appendBatch(database.sql, appends, now);
        noteTails(batch.tails);
        return carryLateEdits(database, appends, batch, { now, logger });
      }),
    heads: (lists) => telling(() => readHeads(database, lists)),
    roles: (seats) => telling(() => readRoles(database, seats)),
  };
}

async function authenticate(database: Database, auth: Auth, credentials: Credentials): Promise<Session | null> {
  const { account, sessionId } = await identify(auth, new Headers({ ...credentials }), { refresh: false });
  if (account === null || sessionId === null) return null;
  const { userId, memberId, name, color } = account;
  return { identity: { userId, memberId, name, color }, log: await readLogId(database), sessionId };
}

async function readHeads(database: Database, lists: readonly ListId[]): Promise<Map<ListId, Head>> {
  const rows = await database.sql<{ list_id: ListId; epoch: number; seq: number }[]>`
    select list_id, epoch, head as seq from lists where list_id = any(${lists}::text[])`;
  return new Map(rows.map(({ list_id, epoch, seq }) => [list_id, { epoch, seq }]));
}

async function readRoles(database: Database, seats: readonly Seat[]): Promise<(Role | null)[]> {
  const rows = await database.sql<{ role: Role | null }[]>`
    select m.role
    from unnest(${seats.map(({ list }) => list)}::text[], ${seats.map(({ userId }) => userId)}::text[])
      with ordinality as seat (list_id, user_id, ordinal)
    left join members m on m.list_id = seat.list_id and m.user_id = seat.user_id
    order by seat.ordinal`;
  return rows.map(({ role }) => role);
}

/** Callers are told codes: a driver's error becomes `unavailable` or `busy`. */
async function telling<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw describeStoreError(error);
  }
}
