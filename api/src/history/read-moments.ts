import type { ListId, MemberId } from '@trolley/shared/protocol';
import type { Sql } from 'postgres';
import { lastSeqAt } from './last-seq-at.ts';

/** A minute in which a list was edited. */
export interface Moment {
  /** Its end: a list at that time has all that was done in it. */
  at: Date;
  edits: number;
  /** Who pushed them, as far as their accounts are still there. */
  by: MemberId[];
}

export interface Moments {
  /** The latest first. */
  moments: Moment[];
  /** What to ask for next, as `before`; null when history begins here. */
  next: Date | null;
}

const minuteMs = 60_000;

/** The minutes up to `before` in which a list was edited, of its last `maxEdits` edits until then: whole minutes, and at least one. */
export async function readMoments(sql: Sql, list: ListId, before: Date, maxEdits: number): Promise<Moments> {
  const lastSeq = await lastSeqAt(sql, list, before);
  if (lastSeq === null) return { moments: [], next: null };
  const moments = await sql<Moment[]>`
    with edits as (
      select u.created_at, person.member_id
      from updates u left join "user" person on person.id = u.user_id
      where u.list_id = ${list} and u.seq <= ${lastSeq}
        and u.seq > (select pruned_seq from lists where list_id = ${list})
      order by u.seq desc limit ${maxEdits}
    )
    select date_trunc('minute', created_at, 'UTC') + interval '1 minute' as at, count(*)::integer as edits,
      coalesce(array_agg(distinct member_id) filter (where member_id is not null), '{}') as by
    from edits group by 1 order by 1 desc`;
  const edits = moments.reduce((sum, moment) => sum + moment.edits, 0);
  const oldest = moments.at(-1);
  if (edits < maxEdits || oldest === undefined) return { moments, next: null };
  // The oldest minute may have had more edits than were read.
  if (moments.length > 1) return { moments: moments.slice(0, -1), next: oldest.at };
  return { moments, next: new Date(oldest.at.getTime() - minuteMs) };
}
