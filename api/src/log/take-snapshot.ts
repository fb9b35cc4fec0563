import { inspectUpdate } from '@trolley/shared/document';
import { limits, type ListId } from '@trolley/shared/protocol';
import type { TransactionSql } from 'postgres';
import type { Database } from '../store/database.ts';
import { loadDocument } from './load-document.ts';

/** Updates kept behind a snapshot, so that a phone that was away for a week is sent a few edits and not the whole document. */
const retainedUpdates = 1_000;

interface Snapshot {
  list: ListId;
  epoch: number;
  seq: number;
  bytes: Uint8Array;
  leftOut: number[];
  createdAt: Date;
}

/** What a snapshot came to. `stale`: another node was faster, or the list is gone. `too-large`: the log goes on without one. */
export type SnapshotOutcome = 'taken' | 'stale' | 'too-large';

/**
 * Stores the list's document as it is now and drops the log that it stands for, but for the last thousand updates. Safe to repeat, and
 * safe beside appends and other nodes. Loading happens outside the transaction; only the swap holds the list's row.
 */
export async function takeSnapshot(database: Database, list: ListId, createdAt: Date): Promise<SnapshotOutcome> {
  const loaded = await loadDocument(database.sql, list);
  if (loaded === null) return 'stale';
  const bytes = loaded.document.encode();
  loaded.document.dispose();
  if (!inspectUpdate(bytes, limits.maxSnapshotBytes).ok) return 'too-large';
  const { epoch, seq, leftOut } = loaded;
  return database.transaction((sql) => store(sql, { list, epoch, seq, bytes, leftOut, createdAt }));
}

async function store(sql: TransactionSql, snapshot: Snapshot): Promise<SnapshotOutcome> {
  const [place] = await sql<{ snapshot_seq: number }[]>`
    select snapshot_seq from lists where list_id = ${snapshot.list} for update`;
  if (place === undefined || place.snapshot_seq >= snapshot.seq) return 'stale';
  await sql`delete from snapshots where list_id = ${snapshot.list}`;
  await sql`
    insert into snapshots (list_id, seq, epoch, bytes, left_out, created_at)
    values (${snapshot.list}, ${snapshot.seq}, ${snapshot.epoch}, ${snapshot.bytes}, ${snapshot.leftOut}::integer[], ${snapshot.createdAt})`;
  await sql`
    delete from updates
    where list_id = ${snapshot.list} and seq <= ${snapshot.seq - retainedUpdates} and seq <> all(${snapshot.leftOut}::integer[])`;
  await sql`
    update lists set
      snapshot_seq = ${snapshot.seq},
      tail_bytes = (
        select coalesce(sum(octet_length(bytes)), 0) from updates where list_id = ${snapshot.list} and seq > ${snapshot.seq}
      )
    where list_id = ${snapshot.list}`;
  return 'taken';
}
