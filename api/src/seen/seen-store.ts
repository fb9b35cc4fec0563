import type { ListId, UserId } from '@trolley/shared/protocol';
import type { Sql } from 'postgres';

/** Up to where a phone of somebody has a list. */
export interface Seen {
  list: ListId;
  userId: UserId;
  seq: number;
}

/** What a member's phones have of a list. */
export interface MemberSeen {
  userId: UserId;
  /** Updates of the log that none of their phones is known to have; null when none has said anything yet. */
  missing: number | null;
}

/** Notes many places in one statement, in the order in which every other writer takes several. Whoever is no member is passed over. */
export async function writeSeen(sql: Sql, seen: readonly Seen[], now: Date): Promise<void> {
  await sql`
    insert into member_cursors (list_id, user_id, seq, noted_at)
    select m.list_id, m.user_id, least(s.seq, l.head), ${now}
    from unnest(
      ${seen.map(({ list }) => list)}::text[], ${seen.map(({ userId }) => userId)}::text[], ${seen.map(({ seq }) => seq)}::integer[]
    ) as s (list_id, user_id, seq)
    join members m on m.list_id = s.list_id and m.user_id = s.user_id
    join lists l on l.list_id = s.list_id
    order by m.list_id, m.user_id
    on conflict (list_id, user_id) do update
      set seq = greatest(member_cursors.seq, excluded.seq), noted_at = excluded.noted_at`;
}

/** What every member's phones have of a list; none when the caller is not among them. */
export async function readSeen(sql: Sql, list: ListId, callerId: UserId): Promise<MemberSeen[]> {
  return sql<MemberSeen[]>`
    select m.user_id as "userId", case when c.seq is not null then greatest(l.head - c.seq, 0) end as missing
    from members m
    join lists l on l.list_id = m.list_id
    left join member_cursors c on c.list_id = m.list_id and c.user_id = m.user_id
    where m.list_id = ${list}
      and exists (select from members caller where caller.list_id = ${list} and caller.user_id = ${callerId})
    order by m.joined_at, m.user_id`;
}
