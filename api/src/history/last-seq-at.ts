import type { ListId } from '@trolley/shared/protocol';
import type { Sql } from 'postgres';
import { maxLogNumber } from '../log/max-log-number.ts';

/**
 * The last update that was in the log at that moment. Nodes' clocks differ, so times do not quite rise with the numbers: of all updates up to
 * then the highest number counts, looked for between the snapshot before the moment and the first one that is a minute after it. Null when
 * there was nothing yet, or when that is longer ago than history is kept.
 */
export async function lastSeqAt(sql: Sql, list: ListId, at: Date): Promise<number | null> {
  const [row] = await sql<{ seq: number | null }[]>`
    with place as (
      select pruned_seq from lists where list_id = ${list}
    ), before as (
      select seq from snapshots where list_id = ${list} and created_at <= ${at} order by seq desc limit 1
    ), after as (
      select seq from snapshots
      where list_id = ${list} and created_at > ${at}::timestamptz + interval '1 minute' order by seq limit 1
    ), found as (
      select seq from before
      union all
      select seq from updates
      where list_id = ${list} and seq > coalesce((select seq from before), 0)
        and seq <= coalesce((select seq from after), ${maxLogNumber}) and created_at <= ${at}
    )
    select max(seq) as seq from found where seq >= (select pruned_seq from place)`;
  return row?.seq ?? null;
}
