import type { ListId, Role, UserId } from '@trolley/shared/protocol';
import type { TransactionSql } from 'postgres';
import type { Announcements } from '../events.ts';
import { userIdSchema } from '../http/fields.ts';
import type { Database } from '../store/database.ts';
import { guestName } from './person-name.ts';

interface Link {
  guestId: string;
  userId: string;
  /** Whether the account was made just now, so that it takes over who the guest was; an existing one keeps its own name and colour. */
  isNewAccount: boolean;
}

interface RaisedRole {
  list_id: ListId;
  user_id: UserId;
  role: Role;
}

interface Guest {
  name: string;
  color: number;
  member_id: string;
  has_chosen_member_id: boolean;
}

/**
 * Gives an account all that a guest has, and removes the guest: lists, memberships (the higher role where both are members), invites; a new
 * account also takes the guest's member id, name and colour, so that what the guest did stays theirs. All or nothing.
 * The log keeps who pushed what as it was.
 */
export async function linkGuest(database: Database, announcements: Announcements, link: Link): Promise<void> {
  if (link.guestId === link.userId) return;
  const raised = await database.transaction(async (sql) => {
    await lockGuestLists(sql, link.guestId);
    const roles = await moveMemberships(sql, link);
    await sql`update lists set created_by = ${link.userId} where created_by = ${link.guestId}`;
    await sql`update invites set created_by = ${link.userId} where created_by = ${link.guestId}`;
    await sql`delete from members where user_id = ${link.guestId}`;
    await replaceGuest(sql, link);
    return roles;
  });
  for (const { list_id, user_id, role } of raised) {
    announcements.announce({ kind: 'access', list: list_id, userId: user_id, role });
  }
  // Other tabs are connected as the guest still: they come back as the account.
  announcements.announce({ kind: 'signed-out', userId: userIdSchema.parse(link.guestId), sessionId: null });
}

/** Memberships change only under their list's row lock; taken in the order in which every other transaction takes several. */
async function lockGuestLists(sql: TransactionSql, guestId: string): Promise<void> {
  await sql`
    select list_id from lists
    where list_id in (select list_id from members where user_id = ${guestId})
    order by list_id
    for update`;
}

async function moveMemberships(sql: TransactionSql, link: Link): Promise<RaisedRole[]> {
  return sql<RaisedRole[]>`
    insert into members (list_id, user_id, role, joined_at, place, place_at, is_archived, archived_at)
    select list_id, ${link.userId}, role, joined_at, place, place_at, is_archived, archived_at from members where user_id = ${link.guestId}
    on conflict (list_id, user_id) do update
      set role = excluded.role, joined_at = least(members.joined_at, excluded.joined_at)
      where array_position(array['viewer', 'editor', 'owner'], excluded.role)
        > array_position(array['viewer', 'editor', 'owner'], members.role)
    returning list_id, user_id, role`;
}

/** The guest goes first: two accounts never share a member id, not even inside this transaction. */
async function replaceGuest(sql: TransactionSql, link: Link): Promise<void> {
  const [guest] = await sql<Guest[]>`
    delete from "user" where id = ${link.guestId} returning name, color, member_id, has_chosen_member_id`;
  if (guest === undefined || !link.isNewAccount) return;
  await sql`
    update "user" set
      name = case when ${guest.name} = ${guestName} then name else ${guest.name} end,
      color = ${guest.color},
      member_id = ${guest.member_id},
      has_chosen_member_id = ${guest.has_chosen_member_id}
    where id = ${link.userId}`;
}
