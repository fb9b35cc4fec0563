import { inspectUpdate } from '@trolley/shared/document';
import { limits, type ListId } from '@trolley/shared/protocol';
import type { Database } from '../store/database.ts';
import { loadDocument, type LoadedDocument } from './load-document.ts';

/** What a snapshot came to. `stale`: another node was faster, or the list is gone. `too-large`: the log goes on without one. */
export type SnapshotOutcome = 'taken' | 'stale' | 'too-large';

/**
 * Stores the list's document as it is now, in the place of an earlier snapshot of the same day (UTC): a day keeps its last one, for its history.
 * Safe to repeat, and safe beside appends and other nodes. Only the swap holds the list's row: one statement, which calls `store_snapshot`
 * (store/migrations/0017-store-snapshot.sql).
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
  const [stored] = await database.sql<{ is_stored: boolean }[]>`
    select store_snapshot(
      ${list}, ${epoch}, ${seq}, ${bytes}, ${leftOut}::integer[], ${now}::timestamptz
    ) as is_stored`;
  return stored?.is_stored === true ? 'taken' : 'stale';
}
