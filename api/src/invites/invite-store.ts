import { TrolleyError, type InviteId, type ListId, type Role, type UserId } from '@trolley/shared/protocol';
import type { Sql, TransactionSql } from 'postgres';
import { readRole } from '../lists/list-store.ts';
import { isAtLeast, refuseSpentInvite, type InviteState } from './invite-rules.ts';
import { hashSecret, type InviteToken } from './invite-token.ts';

export type InvitedRole = Exclude<Role, 'owner'>;

export interface InviteRow extends InviteState {
  inviteId: InviteId;
  role: InvitedRole;
  createdAt: Date;
}

export interface NewInvite {
  inviteId: InviteId;
  token: InviteToken;
  role: InvitedRole;
  expiresAt: Date;
  maxUses: number | null;
  createdBy: UserId;
  createdAt: Date;
}

/** Adds an invite to the token's list. The list's row must be locked by an owner. */
export async function insertInvite(sql: TransactionSql, invite: NewInvite): Promise<void> {
  await sql`
    insert into invites (list_id, invite_id, token_hash, role, expires_at, max_uses, created_by, created_at)
    values (
      ${invite.token.list}, ${invite.inviteId}, ${hashSecret(invite.token.secret)}, ${invite.role}, ${invite.expiresAt},
      ${invite.maxUses}, ${invite.createdBy}, ${invite.createdAt}
    )`;
}

/** A list's invites, the newest first. */
export async function readInvites(sql: Sql, list: ListId): Promise<InviteRow[]> {
  return sql<InviteRow[]>`
    select invite_id as "inviteId", role, expires_at as "expiresAt", max_uses as "maxUses", uses,
      created_at as "createdAt", revoked_at as "revokedAt"
    from invites where list_id = ${list}
    order by created_at desc, invite_id`;
}

/**
 * Withdraws an invite; members who came by it stay. Repeating it is fine. The list's row must be locked.
 *
 * @throws TrolleyError `not-found`.
 */
export async function revokeInvite(sql: TransactionSql, list: ListId, inviteId: InviteId, now: Date): Promise<void> {
  const revoked = await sql`
    update invites set revoked_at = coalesce(revoked_at, ${now}) where list_id = ${list} and invite_id = ${inviteId}`;
  if (revoked.count === 0) throw new TrolleyError('not-found', 'There is no such invite.');
}

/**
 * The invite behind a token, and the name of who made it.
 *
 * @throws TrolleyError `not-found`, or why the invite is spent.
 */
export async function readUsableInvite(
  sql: Sql,
  token: InviteToken,
  nowMs: number,
): Promise<InviteRow & { invitedBy: string | null }> {
  const [invite] = await sql<(InviteRow & { invitedBy: string | null })[]>`
    select i.invite_id as "inviteId", i.role, i.expires_at as "expiresAt", i.max_uses as "maxUses", i.uses,
      i.created_at as "createdAt", i.revoked_at as "revokedAt", u.name as "invitedBy"
    from invites i left join "user" u on u.id = i.created_by
    where i.list_id = ${token.list} and i.token_hash = ${hashSecret(token.secret)}`;
  if (invite === undefined) throw new TrolleyError('not-found', 'There is no such invite.');
  refuseSpentInvite(invite, nowMs);
  return invite;
}

/**
 * Makes an account a member by an invite, in its list's row lock, and returns the role that it has then. Who is a member already keeps the
 * higher role; only what changes something counts as a use.
 *
 * @throws TrolleyError `not-found`, or why the invite is spent.
 */
export async function acceptInvite(
  sql: TransactionSql,
  token: InviteToken,
  userId: UserId,
  now: Date,
): Promise<{ role: Role; isChanged: boolean }> {
  await sql`select from lists where list_id = ${token.list} for update`;
  const [invite] = await sql<InviteRow[]>`
    select invite_id as "inviteId", role, expires_at as "expiresAt", max_uses as "maxUses", uses,
      created_at as "createdAt", revoked_at as "revokedAt"
    from invites where list_id = ${token.list} and token_hash = ${hashSecret(token.secret)}`;
  if (invite === undefined) throw new TrolleyError('not-found', 'There is no such invite.');
  const role = await readRole(sql, token.list, userId);
  if (role !== null && isAtLeast(role, invite.role)) return { role, isChanged: false };
  refuseSpentInvite(invite, now.getTime());
  await sql`
    insert into members (list_id, user_id, role, joined_at) values (${token.list}, ${userId}, ${invite.role}, ${now})
    on conflict (list_id, user_id) do update set role = excluded.role`;
  await sql`update invites set uses = uses + 1 where list_id = ${token.list} and invite_id = ${invite.inviteId}`;
  return { role: invite.role, isChanged: true };
}
