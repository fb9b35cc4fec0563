import { inspectUpdate, mergeUpdates } from '@trolley/shared/document';
import {
  limits,
  TrolleyError,
  type PullRequest,
  type PullResult,
  type Role,
  type UserId,
} from '@trolley/shared/protocol';
import type { Sql } from 'postgres';
import { maxLogNumber } from './max-log-number.ts';

/** First the list's place with the snapshot, if that is to be sent; then the tail, a row an update. */
interface PulledRow {
  role: Role | null;
  epoch: number | null;
  head: number | null;
  seq: number;
  bytes: Uint8Array | null;
}

/** Bytes that are merged into one update at most: well below what the wire carries, because merging can also make it grow. */
const maxMergedBytes = limits.maxSnapshotBytes / 4;

/**
 * What a client is missing: nothing, the tail of the log merged into as few updates as may be, or the snapshot and the tail. A cursor behind
 * the log's end, or an epoch that this log has not reached, tells that this store was restored from an old backup: the first is answered
 * with the head as it is, the second with the whole list, and the client then sends its whole document.
 *
 * @throws TrolleyError `not-found` for a list that does not exist or that the user is no member of, `epoch-ahead` for a number that no epoch
 *   can have.
 */
export async function pull(sql: Sql, userId: UserId, request: PullRequest): Promise<PullResult> {
  if (request.epoch > maxLogNumber) throw new TrolleyError('epoch-ahead', 'No list has such an epoch.');
  const [place, ...tail] = await readMissing(sql, userId, request);
  if (place === undefined || place.role === null || place.epoch === null || place.head === null) {
    throw new TrolleyError('not-found', 'There is no such list.');
  }
  const snapshot = place.bytes === null ? [] : [place.bytes];
  return {
    role: place.role,
    epoch: place.epoch,
    head: place.head,
    updates: [...snapshot, ...mergeTail(tail.flatMap(({ bytes }) => bytes ?? []))],
  };
}

/** Updates that may be sent in the place of the snapshot, however small they are. */
const maxTailUpdates = 1_000;

/**
 * One statement, so that role, head, snapshot and tail are of one moment. The snapshot is sent when the log no longer reaches back to the
 * cursor, when the tail is long, or when it is no larger than the updates that it stands for. Of several snapshots only the last counts. A
 * client of another epoch begins with the update that the current one began with.
 */
async function readMissing(sql: Sql, userId: UserId, request: PullRequest): Promise<PulledRow[]> {
  const { list, epoch } = request;
  const cursor = Math.min(request.cursor, maxLogNumber);
  return sql<PulledRow[]>`
    with place as (
      select m.role, l.epoch, l.head, l.snapshot_seq,
        greatest(case when l.epoch = ${epoch} then ${cursor}::integer else 0 end, l.epoch_seq - 1) as cursor
      from members m join lists l on l.list_id = m.list_id
      where m.list_id = ${list} and m.user_id = ${userId}
    ), snapshot as (
      select s.seq, s.bytes, s.left_out
      from place join snapshots s on s.list_id = ${list} and s.seq = place.snapshot_seq
      where s.seq > place.cursor and (
        s.seq - place.cursor > ${maxTailUpdates} or (
          select count(*) < s.seq - place.cursor or octet_length(s.bytes) <= sum(octet_length(u.bytes))
          from updates u where u.list_id = ${list} and u.seq > place.cursor and u.seq <= s.seq
        )
      )
    ), start as (
      select coalesce(snapshot.seq, place.cursor) as seq, coalesce(snapshot.left_out, '{}') as left_out
      from place left join snapshot on true
    )
    select place.role, place.epoch, place.head, 0 as seq, snapshot.bytes from place left join snapshot on true
    union all
    select null, null, null, u.seq, u.bytes from updates u
    where u.list_id = ${list} and u.seq > (select seq from start)
    union all
    select null, null, null, u.seq, u.bytes from updates u
    where u.list_id = ${list} and u.seq = any((select left_out from start)::integer[])
    order by seq`;
}

/** In log order. A stretch whose merged form the guard would not let pass goes out as it is: the clients' guards are no different. */
function mergeTail(updates: readonly Uint8Array[]): Uint8Array[] {
  return stretches(updates).flatMap((stretch) => {
    if (stretch.length < 2) return stretch;
    const merged = mergeUpdates(stretch);
    return inspectUpdate(merged, limits.maxSnapshotBytes).ok ? [merged] : stretch;
  });
}

function stretches(updates: readonly Uint8Array[]): Uint8Array[][] {
  const all: Uint8Array[][] = [];
  let bytes = Infinity;
  for (const update of updates) {
    const current = all.at(-1);
    bytes += update.byteLength;
    if (current === undefined || current.length >= limits.maxMergedUpdates || bytes > maxMergedBytes) {
      all.push([update]);
      bytes = update.byteLength;
    } else {
      current.push(update);
    }
  }
  return all;
}
