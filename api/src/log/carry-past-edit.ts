import { carryOver, keepValues, ListDocument, type EpochValues } from '@trolley/shared/document';
import { limits, type Append, type AppendOutcome, type ErrorCode, type WireError } from '@trolley/shared/protocol';
import type { TransactionSql } from 'postgres';
import { applyParts, loadDocument } from './load-document.ts';
import { leaveRestored, type Place } from './leave-restored.ts';
import { readAround } from './lost-logs.ts';
import { writeSealed, type PastEpoch } from './sealed-epochs.ts';

/** An edit of an epoch that is over, and where it is brought. */
interface PastEdit {
  place: Place;
  past: PastEpoch;
  /** What the edit is compared with where its epoch is not known here; null where a later one is. */
  base?: EpochValues | null;
  /** It is all that somebody has had of the epoch. */
  isTold?: boolean;
  now: Date;
}

/** Merges an edit into the document of its epoch, and writes what it changed there into the current one. The list's row must be locked. */
export async function carryPastEdit(sql: TransactionSql, append: Append, edit: PastEdit): Promise<AppendOutcome> {
  const { past, now } = edit;
  const { list, epoch } = append;
  const { document, known, waiting } = past;
  const applied = document.apply(append.update, 'remote');
  if (!applied.applied) return refusal('update-rejected', `The update was rejected: ${applied.reason}.`);
  const leftOut = applyParts(document, waiting);
  const bytes = document.encode();
  if (bytes.byteLength > limits.maxSnapshotBytes) return refusal('too-large', 'The epoch would grow too large.');
  const place = await leaveRestored(sql, list, edit.place, now);
  if (place === null) return refusal('too-large', 'The list cannot leave the epoch that was restored.');
  const isNew = known === null || Buffer.compare(bytes, known.bytes) !== 0;
  const updates = isNew ? await carryIntoCurrent(sql, append, { ...edit, place }) : [];
  if (isNew) await writeSealed(sql, { list, epoch, bytes, leftOut, now });
  await writeUpdates(sql, append, { place, updates, now });
  return { ok: true, value: { epoch: place.epoch, seq: place.head + updates.length }, isCarried: true };
}

/** Gives an update of the current epoch the next number. The list's row must be locked. */
export async function writeCurrent(
  sql: TransactionSql,
  append: Append,
  { place, now }: { place: Place; now: Date },
): Promise<AppendOutcome> {
  await writeUpdates(sql, append, { place, updates: [append.update], now });
  return { ok: true, value: { epoch: place.epoch, seq: place.head + 1 } };
}

async function carryIntoCurrent(
  sql: TransactionSql,
  { list, update }: Append,
  { place, past, base = null, isTold = false }: PastEdit,
): Promise<readonly Uint8Array[]> {
  const after = keepValues(past.document);
  const { older, later } = await readAround(sql, list, after);
  const before = past.known?.values ?? base;
  // A list that a restore has lost altogether begins again with nothing.
  const current = (await loadDocument(sql, list))?.document ?? new ListDocument({ epoch: place.epoch });
  const told = isTold ? update : undefined;
  const updates = carryOver({ before, after, told, older, later }, current);
  current.dispose();
  return updates;
}

async function writeUpdates(
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

/** The outcome of an append that is refused for this reason. */
export function refused(error: WireError): AppendOutcome {
  return { ok: false, error };
}

/** As `refused`, by a code and what people who read a log are told. */
export function refusal(code: ErrorCode, message: string): AppendOutcome {
  return refused({ code, message });
}
