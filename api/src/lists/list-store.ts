import { toMinute } from '@trolley/shared/document';
import { TrolleyError, type ListId, type Role, type UserId } from '@trolley/shared/protocol';
import type { Sql, TransactionSql } from 'postgres';
import type { Database } from '../store/database.ts';

export interface ListRow {
  list: ListId;
  role: Role;
  epoch: number;
  head: number;
  joinedAt: Date;
  place: string | null;
  placeAt: Date | null;
  isArchived: boolean;
  archivedAt: Date | null;
}

/** The lists that an account is a member of, the newest membership first. */
export async function readLists(sql: Sql, userId: UserId): Promise<ListRow[]> {
  return sql<ListRow[]>`
    select m.list_id as list, m.role, l.epoch, l.head, m.joined_at as "joinedAt",
      m.place, m.place_at as "placeAt", m.is_archived as "isArchived", m.archived_at as "archivedAt"
    from members m join lists l on l.list_id = m.list_id
    where m.user_id = ${userId}
    order by m.joined_at desc, m.list_id`;
}

/** An account's role in a list; null for no list and for no member alike. */
export async function readRole(sql: Sql | TransactionSql, list: ListId, userId: UserId): Promise<Role | null> {
  const [row] = await sql<{ role: Role }[]>`select role from members where list_id = ${list} and user_id = ${userId}`;
  return row?.role ?? null;
}

/**
 * Makes the list with `userId` as its owner. Its owner may repeat that.
 *
 * @throws TrolleyError `already-exists` for a list of somebody else's, of which nothing more is told.
 */
export async function createList(database: Database, list: ListId, userId: UserId, now: Date): Promise<void> {
  await database.transaction(async (sql) => {
    const created = await sql`
      insert into lists (list_id, created_by, created_at, epoch_began_at) values (${list}, ${userId}, ${now}, ${now})
      on conflict (list_id) do nothing`;
    if (created.count === 1) {
      await sql`
        insert into members (list_id, user_id, role, joined_at) values (${list}, ${userId}, 'owner', ${now})`;
      await noteLostList(sql, list, now);
    } else if ((await readRole(sql, list, userId)) !== 'owner') {
      throw new TrolleyError('already-exists', 'There is a list of this id already.');
    }
  });
}

/** After a restore a list that is made may be one that the backup did not have: as if it had been restored without anything in it. */
async function noteLostList(sql: TransactionSql, list: ListId, now: Date): Promise<void> {
  await sql`
    with restored as (
      insert into restores (list_id, next_epoch, seq)
      select ${list}, ${toMinute(now.getTime())}::integer, 0 from store_identity where is_only and restored_at is not null
      returning next_epoch
    )
    update lists set next_epoch = restored.next_epoch from restored where lists.list_id = ${list}`;
}

/** Removes the list with all that belongs to it, and returns who its members were. Its row must be locked. */
export async function deleteLockedList(sql: TransactionSql, list: ListId): Promise<UserId[]> {
  const members = await sql<{ user_id: UserId }[]>`delete from members where list_id = ${list} returning user_id`;
  await sql`delete from updates where list_id = ${list}`;
  await sql`delete from lists where list_id = ${list}`;
  return members.map((row) => row.user_id);
}
