import { mayManage, TrolleyError, type ListId, type Role, type UserId } from '@trolley/shared/protocol';
import type { Sql, TransactionSql } from 'postgres';
import { readRole } from './list-store.ts';

/**
 * Takes a list's row lock and then reads the caller's role. Whoever changes roles, members or invites takes this lock first, and appends
 * take it too: so an append either comes before a change of role or sees it.
 *
 * @throws TrolleyError `not-found` when there is no such list for this account.
 */
export async function lockList(sql: TransactionSql, list: ListId, userId: UserId): Promise<Role> {
  await sql`select from lists where list_id = ${list} for update`;
  const role = await readRole(sql, list, userId);
  if (role === null) throw noSuchList();
  return role;
}

/** As `lockList`, for what only an owner may do: `forbidden` for the other members. */
export async function lockOwnList(sql: TransactionSql, list: ListId, userId: UserId): Promise<void> {
  refuseUnlessOwner(await lockList(sql, list, userId));
}

/** For what only an owner may see: `not-found` for whoever is no member, `forbidden` for the other members. Takes no lock. */
export async function requireOwner(sql: Sql, list: ListId, userId: UserId): Promise<void> {
  const role = await readRole(sql, list, userId);
  if (role === null) throw noSuchList();
  refuseUnlessOwner(role);
}

function refuseUnlessOwner(role: Role): void {
  if (!mayManage(role)) throw new TrolleyError('forbidden', 'Only an owner may do that.');
}

/** One answer for a list that is not there and for one that is somebody else's. */
function noSuchList(): TrolleyError {
  return new TrolleyError('not-found', 'There is no such list.');
}
