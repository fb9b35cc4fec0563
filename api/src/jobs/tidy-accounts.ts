import type { Sql } from 'postgres';
import type { Database } from '../store/database.ts';

const dayMs = 24 * 60 * 60 * 1_000;
/** So long after its end an invite still answers why it can't be used any more. */
const inviteMemoryMs = 90 * dayMs;
/** Rows that one statement removes. */
const batchRows = 1_000;

/**
 * Removes what has ended and what nobody can use or see any more: sessions and verifications that have expired, and invites that expired three
 * months ago. Accounts, lists and memberships stay, whoever they belong to.
 */
export async function tidyAccounts({ sql }: Database, now: Date, signal: AbortSignal): Promise<void> {
  const oldInvites = new Date(now.getTime() - inviteMemoryMs);
  await untilNone(signal, () => removeSessions(sql, now));
  await untilNone(signal, () => removeVerifications(sql, now));
  await untilNone(signal, () => removeInvites(sql, oldInvites));
}

async function untilNone(signal: AbortSignal, remove: () => Promise<{ count: number }>): Promise<void> {
  do signal.throwIfAborted();
  while ((await remove()).count === batchRows);
}

function removeSessions(sql: Sql, now: Date) {
  return sql`
    delete from "session"
    where id in (select id from "session" where "expiresAt" < ${now} order by "expiresAt" limit ${batchRows})`;
}

function removeVerifications(sql: Sql, now: Date) {
  return sql`
    delete from "verification"
    where id in (select id from "verification" where "expiresAt" < ${now} order by "expiresAt" limit ${batchRows})`;
}

function removeInvites(sql: Sql, before: Date) {
  return sql`
    delete from invites
    where (list_id, invite_id) in (
      select list_id, invite_id from invites where expires_at < ${before} order by expires_at limit ${batchRows}
    )`;
}
