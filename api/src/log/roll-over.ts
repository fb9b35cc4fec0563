import { inspectUpdate, seedEpoch, shouldRollOver } from '@trolley/shared/document';
import { limits, type Head, type ListId } from '@trolley/shared/protocol';
import type { TransactionSql } from 'postgres';
import type { Database } from '../store/database.ts';
import { catchUp, loadDocument, type LoadedDocument } from './load-document.ts';
import { insertSnapshot } from './snapshot-store.ts';

const weekMs = 7 * 24 * 60 * 60 * 1000;

/**
 * Ends a list's epoch if it has grown or aged enough, and begins the next in the same transaction: the old document is kept as it was sealed, and
 * the next one, without the history, is an update of the log like any other. Returns where the log then ends, which the relays must be
 * told; null when it was not due, when another node was faster, or when the guard would refuse either document. Safe to repeat, and safe beside
 * appends: what came while the document was loaded is read under the list's row lock.
 */
export async function rollOverIfDue(database: Database, list: ListId, now: Date): Promise<Head | null> {
  const loaded = await loadDocument(database.sql, list);
  if (loaded === null) return null;
  try {
    return await rollOverLoaded(database, list, loaded, now);
  } finally {
    loaded.document.dispose();
  }
}

/** As `rollOverIfDue`, for a document that is loaded already. It may then have more in it than it had. */
export async function rollOverLoaded(
  database: Database,
  list: ListId,
  loaded: LoadedDocument,
  now: Date,
): Promise<Head | null> {
  if (!(await isDue(database, list, loaded, now))) return null;
  return database.transaction((sql) => rollOver(sql, list, loaded, now));
}

async function isDue({ sql }: Database, list: ListId, { document }: LoadedDocument, now: Date): Promise<boolean> {
  const [place] = await sql<{ epoch_began_at: Date }[]>`select epoch_began_at from lists where list_id = ${list}`;
  if (place === undefined) return false;
  const ageWeeks = (now.getTime() - place.epoch_began_at.getTime()) / weekMs;
  return shouldRollOver(document.stats(), ageWeeks, () => {
    const seed = seedEpoch(document, document.epoch + 1, { nowMs: now.getTime() });
    const stats = seed.stats();
    seed.dispose();
    return stats;
  });
}

/** Ends a list's epoch, due or not, in a transaction of the caller's. Null when the list is in another one by now, or when the guard would refuse a document. */
export async function rollOver(
  sql: TransactionSql,
  list: ListId,
  loaded: LoadedDocument,
  now: Date,
): Promise<Head | null> {
  const [place] = await sql<{ epoch: number; next_epoch: number }[]>`
    select epoch, next_epoch from lists where list_id = ${list} for update`;
  if (place?.epoch !== loaded.epoch) return null;
  const { document, seq: lastSeq, leftOut } = await catchUp(sql, list, loaded);
  const sealed = document.encode();
  const next = seedEpoch(document, place.next_epoch, { nowMs: now.getTime() });
  const seed = next.encode();
  next.dispose();
  if ([sealed, seed].some((bytes) => !inspectUpdate(bytes, limits.maxSnapshotBytes).ok)) return null;
  const head = { epoch: place.next_epoch, seq: lastSeq + 1 };
  await sql`
    insert into sealed_epochs (list_id, epoch, bytes, left_out, sealed_at)
    values (${list}, ${place.epoch}, ${sealed}, ${leftOut}::integer[], ${now})`;
  await beginEpoch(sql, list, { head, seed, now });
  return head;
}

/** Writes the update that an epoch begins with, which is a snapshot at the same time. */
async function beginEpoch(
  sql: TransactionSql,
  list: ListId,
  { head, seed, now }: { head: Head; seed: Uint8Array; now: Date },
): Promise<void> {
  const { epoch, seq } = head;
  await sql`
    insert into updates (list_id, seq, epoch, user_id, bytes, created_at)
    values (${list}, ${seq}, ${epoch}, null, ${seed}, ${now})`;
  await insertSnapshot(sql, { list, epoch, seq, bytes: seed, leftOut: [], createdAt: now });
  await sql`
    update lists set
      epoch = ${epoch}, epoch_seq = ${seq}, epoch_began_at = ${now}, next_epoch = ${epoch + 1},
      head = ${seq}, snapshot_seq = ${seq}, tail_bytes = 0
    where list_id = ${list}`;
}
