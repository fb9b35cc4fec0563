import { TrolleyError, type ListId, type MemberId, type Role, type UserId } from '@trolley/shared/protocol';
import type { Sql, TransactionSql } from 'postgres';
import { readRole } from '../lists/list-store.ts';

export interface MemberRow {
  userId: UserId;
  memberId: MemberId;
  name: string;
  color: number;
  role: Role;
  joinedAt: Date;
  isGuest: boolean;
}

/** A list's members, in the order in which they joined; none when the caller is not among them. */
export async function readMembers(sql: Sql, list: ListId, callerId: UserId): Promise<MemberRow[]> {
  return sql<MemberRow[]>`
    select u.id as "userId", u.member_id as "memberId", u.name, u.color, m.role, m.joined_at as "joinedAt",
      coalesce(u."isAnonymous", false) as "isGuest"
    from members m join "user" u on u.id = m.user_id
    where m.list_id = ${list}
      and exists (select from members caller where caller.list_id = ${list} and caller.user_id = ${callerId})
    order by m.joined_at, m.user_id`;
}

/**
 * Gives a member another role, and returns whether it is another. The list's row must be locked.
 *
 * @throws TrolleyError `not-found` for somebody who is no member, `last-owner`.
 */
export async function changeRole(sql: TransactionSql, list: ListId, memberId: UserId, role: Role): Promise<boolean> {
  const before = await readMember(sql, list, memberId);
  if (before === role) return false;
  if (before === 'owner') await refuseLastOwner(sql, list);
  await sql`update members set role = ${role} where list_id = ${list} and user_id = ${memberId}`;
  return true;
}

/**
 * Ends a membership. The list's row must be locked.
 *
 * @throws TrolleyError `not-found` for somebody who is no member, `last-owner`.
 */
export async function removeMember(sql: TransactionSql, list: ListId, memberId: UserId): Promise<void> {
  const before = await readMember(sql, list, memberId);
  if (before === 'owner') await refuseLastOwner(sql, list);
  await sql`delete from members where list_id = ${list} and user_id = ${memberId}`;
}

async function readMember(sql: TransactionSql, list: ListId, memberId: UserId): Promise<Role> {
  const role = await readRole(sql, list, memberId);
  if (role === null) throw new TrolleyError('not-found', 'There is no such member.');
  return role;
}

/** A list without an owner could never be shared, tidied or deleted again. */
async function refuseLastOwner(sql: TransactionSql, list: ListId): Promise<void> {
  const [row] = await sql<{ owners: number }[]>`
    select count(*)::integer as owners from members where list_id = ${list} and role = 'owner'`;
  if ((row?.owners ?? 0) <= 1) throw new TrolleyError('last-owner', 'A list keeps at least one owner.');
}
