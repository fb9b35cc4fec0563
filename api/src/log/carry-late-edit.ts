import { carryOver, keepValues, ListDocument, type KeyValues } from '@trolley/shared/document';
import {
  limits,
  mayEdit,
  type Append,
  type AppendOutcome,
  type ErrorCode,
  type ListId,
  type WireError,
} from '@trolley/shared/protocol';
import type { TransactionSql } from 'postgres';
import { readRole } from '../lists/list-store.ts';
import type { Database } from '../store/database.ts';
import { applyParts, loadDocument, readUpdates } from './load-document.ts';
import { refuseAppend } from './refuse-append.ts';

/** Where a list stands, under its row lock. */
interface Place {
  epoch: number;
  head: number;
}

/** The document that a late edit was made in: what it had without it, and what takes it in. */
interface PastEpoch {
  before: KeyValues;
  document: ListDocument;
  /** The document's bytes, if it was known here. */
  bytes: Uint8Array | null;
  /** Updates of that epoch that could not be applied so far. */
  waiting: Awaited<ReturnType<typeof readUpdates>>;
}

/**
 * Takes an edit of an epoch that is not the list's any more: merges it into that epoch's document, which is kept for as long as the list, and
 * writes what it changed into the current epoch, under the numbers that come next. All or nothing, under the list's row lock, the role
 * read after it. To repeat it changes nothing. Tens of milliseconds, most of them the loading of two documents.
 */
export async function carryLateEdit(database: Database, append: Append, now: Date): Promise<AppendOutcome> {
  return database.transaction(async (sql) => {
    const place = await lockPlace(sql, append.list);
    const role = await readRole(sql, append.list, append.userId);
    if (place === null || !mayEdit(role)) return refused(refuseAppend(append, role, place?.epoch ?? null));
    const past = await readPastEpoch(sql, append);
    if (past === null) return refused(refuseAppend(append, role, place.epoch));
    try {
      return await carry(sql, append, { place, past, now });
    } finally {
      past.document.dispose();
    }
  });
}

async function lockPlace(sql: TransactionSql, list: ListId): Promise<Place | null> {
  const [place] = await sql<Place[]>`
    select epoch, head from lists where list_id = ${list} for update`;
  return place ?? null;
}

/** Null where there is none that the edit could be compared with. */
async function readPastEpoch(sql: TransactionSql, append: Append): Promise<PastEpoch | null> {
  const { list, epoch } = append;
  const [sealed] = await sql<{ bytes: Uint8Array; left_out: number[] }[]>`
    select bytes, left_out from sealed_epochs where list_id = ${list} and epoch = ${epoch}`;
  if (sealed === undefined) return append.lostLog === undefined ? null : readLostEpoch(sql, append);
  const document = openSealed(epoch, sealed.bytes);
  const waiting = await readUpdates(sql, list, sealed.left_out);
  return { before: keepValues(document), document, bytes: sealed.bytes, waiting };
}

function openSealed(epoch: number, bytes: Uint8Array): ListDocument {
  const document = new ListDocument({ epoch });
  if (!document.apply(bytes, 'storage').applied) throw new Error('The guard refuses a sealed epoch of our own.');
  return document;
}

/**
 * An epoch that came and went in the time that a restore has lost: a phone's whole document is all that is left of it. It began with what the
 * backup has, so what the two differ in is what happened since.
 */
async function readLostEpoch(sql: TransactionSql, { list, epoch }: Append): Promise<PastEpoch | null> {
  const [restore] = await sql<{ seq: number }[]>`
    select seq from restores where list_id = ${list} and next_epoch > ${epoch} order by next_epoch limit 1`;
  if (restore === undefined) return null;
  const restored = (await loadDocument(sql, list, restore.seq))?.document ?? new ListDocument();
  const before = keepValues(restored);
  restored.dispose();
  return { before, document: new ListDocument(), bytes: null, waiting: [] };
}

async function carry(
  sql: TransactionSql,
  append: Append,
  { place, past, now }: { place: Place; past: PastEpoch; now: Date },
): Promise<AppendOutcome> {
  const { document, waiting } = past;
  const applied = document.apply(append.update, 'remote');
  if (!applied.applied) return refusal('update-rejected', `The update was rejected: ${applied.reason}.`);
  // Compared with a part of a document, everything else would look as if it had been removed.
  if (document.epoch !== append.epoch)
    return refusal('update-rejected', 'That is not the whole document of the epoch.');
  const leftOut = applyParts(document, waiting);
  const bytes = document.encode();
  if (bytes.byteLength > limits.maxSnapshotBytes) return refusal('too-large', 'The epoch would grow too large.');
  const isNew = past.bytes === null || Buffer.compare(bytes, past.bytes) !== 0;
  const updates = isNew ? await carryIntoCurrent(sql, append.list, place, past) : [];
  if (isNew) {
    await sql`
      insert into sealed_epochs (list_id, epoch, bytes, left_out, sealed_at)
      values (${append.list}, ${append.epoch}, ${bytes}, ${leftOut}::integer[], ${now})
      on conflict (list_id, epoch) do update set bytes = excluded.bytes, left_out = excluded.left_out`;
  }
  await writeCarried(sql, append, { place, updates, now });
  return { ok: true, value: { epoch: place.epoch, seq: place.head + updates.length }, isCarried: true };
}

async function carryIntoCurrent(
  sql: TransactionSql,
  list: ListId,
  { epoch }: Place,
  { before, document }: PastEpoch,
): Promise<readonly Uint8Array[]> {
  // A list that a restore has lost altogether begins again with nothing.
  const current = (await loadDocument(sql, list))?.document ?? new ListDocument({ epoch });
  const updates = carryOver(before, document, current);
  current.dispose();
  return updates;
}

async function writeCarried(
  sql: TransactionSql,
  { list, userId }: Append,
  { place, updates, now }: { place: Place; updates: readonly Uint8Array[]; now: Date },
): Promise<void> {
  if (updates.length === 0) return;
  for (const [index, bytes] of updates.entries()) {
    await sql`
      insert into updates (list_id, seq, epoch, user_id, bytes, created_at)
      values (${list}, ${place.head + 1 + index}, ${place.epoch}, ${userId}, ${bytes}, ${now})`;
  }
  const byteLength = updates.reduce((sum, update) => sum + update.byteLength, 0);
  await sql`
    update lists set head = head + ${updates.length}, tail_bytes = tail_bytes + ${byteLength} where list_id = ${list}`;
}

function refused(error: WireError): AppendOutcome {
  return { ok: false, error };
}

function refusal(code: ErrorCode, message: string): AppendOutcome {
  return refused({ code, message });
}
