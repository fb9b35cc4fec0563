import { inspectUpdate } from '@trolley/shared/document';
import { limits, type ListId } from '@trolley/shared/protocol';
import type { TransactionSql } from 'postgres';
import type { Database } from '../store/database.ts';
import { loadDocument, type LoadedDocument } from './load-document.ts';
import { insertSnapshot, type Snapshot } from './snapshot-store.ts';

/** What a snapshot came to. `stale`: another node was faster, or the list is gone. `too-large`: the log goes on without one. */
export type SnapshotOutcome = 'taken' | 'stale' | 'too-large';

/**
 * Stores the list's document as it is now, in the place of an earlier snapshot of the same day (UTC): a day keeps its last one, for its history.
 * Safe to repeat, and safe beside appends and other nodes. Loading happens outside the transaction; only the swap holds the list's row.
 */
export async function takeSnapshot(database: Database, list: ListId, now: Date): Promise<SnapshotOutcome> {
  const loaded = await loadDocument(database.sql, list);
  if (loaded === null) return 'stale';
  try {
    return await snapshotLoaded(database, list, loaded, now);
  } finally {
    loaded.document.dispose();
  }
}

/** As `takeSnapshot`, for a document that is loaded already. */
export async function snapshotLoaded(
  database: Database,
  list: ListId,
  { document, epoch, seq, leftOut }: LoadedDocument,
  now: Date,
): Promise<SnapshotOutcome> {
  const bytes = document.encode();
  if (!inspectUpdate(bytes, limits.maxSnapshotBytes).ok) return 'too-large';
  return database.transaction((sql) => store(sql, { list, epoch, seq, bytes, leftOut, createdAt: now }));
}

async function store(sql: TransactionSql, snapshot: Snapshot): Promise<SnapshotOutcome> {
  const { list, seq, createdAt } = snapshot;
  const [place] = await sql<{ snapshot_seq: number; pruned_seq: number }[]>`
    select snapshot_seq, pruned_seq from lists where list_id = ${list} for update`;
  if (place === undefined || place.snapshot_seq >= seq) return 'stale';
  // History begins at the snapshot of pruned_seq, whatever its day.
  await sql`
    delete from snapshots
    where list_id = ${list} and seq > ${place.pruned_seq}
      and created_at >= date_trunc('day', ${createdAt}::timestamptz, 'UTC')`;
  await insertSnapshot(sql, snapshot);
  await sql`
    update lists set
      snapshot_seq = ${seq},
      tail_bytes = (
        select coalesce(sum(octet_length(bytes)), 0) from updates where list_id = ${list} and seq > ${seq}
      )
    where list_id = ${list}`;
  return 'taken';
}
