import { keepValues, ListDocument, type KeyValues } from '@trolley/shared/document';
import { limits, type Append, type AppendOutcome, type ListId, type LogId } from '@trolley/shared/protocol';
import type { TransactionSql } from 'postgres';
import { carryPastEdit, refusal, writeCurrent, type Place } from './carry-past-edit.ts';
import { loadDocument, type LoadedDocument } from './load-document.ts';
import { rollOver } from './roll-over.ts';
import { openKept, readSealed } from './sealed-epochs.ts';

/** A log that a restore has put this one in the place of, as far as it is known. */
export interface LostLog {
  log: LogId;
  /** What the two have in common: the last number that was restored. */
  seq: number;
}

/** What phones have told of a lost log so far. */
interface Told {
  /** What was restored. */
  restored: LoadedDocument;
  /** By epoch, all that phones had of it. */
  documents: ReadonlyMap<number, Uint8Array>;
  /** The last epoch that is known of it. */
  newest: number;
}

/** The lost log that an append is all of that a phone has; null when it is an edit like any other, or of an epoch that no restore has lost. */
export async function readLostLog(sql: TransactionSql, { list, epoch, lostLog }: Append): Promise<LostLog | null> {
  if (lostLog === undefined) return null;
  const [restore] = await sql<{ seq: number }[]>`
    select seq from restores
    where list_id = ${list} and next_epoch > ${epoch}
      and not exists (select from store_identity where is_only and log_id = ${lostLog})
    order by next_epoch limit 1`;
  return restore === undefined ? null : { log: lostLog, seq: restore.seq };
}

/** What was restored and then told of earlier epochs of the lost log that had this epoch, as `LateEdit` wants it; none if no restore has lost it. */
export async function readOlderStates(sql: TransactionSql, list: ListId, epoch: number): Promise<readonly KeyValues[]> {
  const logs = await sql<LostLog[]>`
    select told.log_id as log, restore.seq
    from lost_documents told
    cross join lateral (
      select seq from restores where list_id = ${list} and next_epoch > ${epoch} order by next_epoch limit 1
    ) restore
    where told.list_id = ${list} and told.epoch = ${epoch}`;
  const states: KeyValues[] = [];
  for (const log of logs) {
    const told = await readTold(sql, list, log);
    states.push(...olderStates(told, epoch));
    told.restored.document.dispose();
  }
  return states;
}

/**
 * Takes what a phone has confirmed of a log that was lost in a restore. Such a log is told again in the order of its epochs, whichever phone comes
 * first. Of the last epoch that is known so far, what is new since the one before it is an edit, and so is what is gone since. An earlier one says
 * nothing that the later one, which began with it, did not know better: it is kept for the edits that still wait and build on it.
 *
 * The list's row must be locked. A list that is still in the restored epoch leaves it as soon as a later one is told: the documents of the
 * restored epoch, appended as they are, would bring back what was removed in the later one.
 */
export async function takeLostDocument(
  sql: TransactionSql,
  append: Append,
  { place, lost, now }: { place: Place; lost: LostLog; now: Date },
): Promise<AppendOutcome> {
  const told = await readTold(sql, append.list, lost);
  try {
    const whole = tell(append, told);
    if (!(whole instanceof Uint8Array)) return whole;
    const outcome = await take(sql, append, { place, told, now });
    if (outcome.ok && append.epoch >= told.restored.epoch) await writeTold(sql, append, { log: lost.log, whole, now });
    return outcome;
  } finally {
    told.restored.document.dispose();
  }
}

async function readTold(sql: TransactionSql, list: ListId, { log, seq }: LostLog): Promise<Told> {
  const rows = await sql<{ epoch: number; bytes: Uint8Array }[]>`
    select epoch, bytes from lost_documents where list_id = ${list} and log_id = ${log} order by epoch`;
  const empty = { document: new ListDocument(), epoch: 0, seq: 0, leftOut: [] };
  const restored = (await loadDocument(sql, list, seq)) ?? empty;
  const documents = new Map(rows.map(({ epoch, bytes }) => [epoch, bytes]));
  return { restored, documents, newest: Math.max(restored.epoch, ...documents.keys()) };
}

/** All that is told of the append's epoch with it, or why it is refused. */
function tell({ epoch, update }: Append, { restored, documents }: Told): Uint8Array | AppendOutcome {
  const document = new ListDocument();
  const known = documents.get(epoch) ?? (epoch === restored.epoch ? restored.document.encode() : null);
  if (known !== null) document.apply(known, 'storage');
  const applied = document.apply(update, 'remote');
  const bytes = document.encode();
  const isWhole = document.epoch === epoch;
  document.dispose();
  if (!applied.applied) return refusal('update-rejected', `The update was rejected: ${applied.reason}.`);
  // Compared with a part of a document, everything else would look as if it had been removed.
  if (!isWhole) return refusal('update-rejected', 'That is not the whole document of the epoch.');
  if (bytes.byteLength > limits.maxSnapshotBytes) return refusal('too-large', 'The epoch would grow too large.');
  return bytes;
}

async function take(
  sql: TransactionSql,
  append: Append,
  { place, told, now }: { place: Place; told: Told; now: Date },
): Promise<AppendOutcome> {
  if (append.epoch === place.epoch) return writeCurrent(sql, append, { place, now });
  const isEarlier = append.epoch < told.restored.epoch;
  const isNewest = append.epoch >= told.newest;
  const begun =
    isNewest && place.epoch === told.restored.epoch ? await leaveRestored(sql, append.list, place, now) : place;
  if (begun === null) return refusal('too-large', 'The list cannot leave the epoch that was restored.');
  const sealed = await readSealed(sql, append.list, append.epoch);
  const past = sealed ?? { document: new ListDocument({ epoch: append.epoch }), bytes: null, waiting: [] };
  try {
    const known = sealed === null ? null : keepValues(sealed.document);
    const before = isEarlier ? (known ?? nothing) : isNewest ? (known ?? newestTold(told)) : null;
    const older = olderStates(told, append.epoch);
    return await carryPastEdit(sql, append, { place: begun, past: { ...past, before, older }, now });
  } finally {
    past.document.dispose();
  }
}

/** What an epoch had before it is known by a phone that has branched off before what was restored: of that nothing can be said to be gone. */
const nothing: KeyValues = { read: () => undefined, keys: () => [].values() };

function newestTold({ restored, documents, newest }: Told): KeyValues {
  const bytes = documents.get(newest);
  return bytes === undefined ? keepValues(restored.document) : valuesOf(newest, bytes);
}

function olderStates({ restored, documents }: Told, epoch: number): readonly KeyValues[] {
  if (restored.epoch >= epoch) return [];
  const earlier = [...documents].filter(([other]) => other < epoch);
  return [keepValues(restored.document), ...earlier.map(([other, bytes]) => valuesOf(other, bytes))];
}

function valuesOf(epoch: number, bytes: Uint8Array): KeyValues {
  const document = openKept(epoch, bytes);
  const values = keepValues(document);
  document.dispose();
  return values;
}

async function leaveRestored(
  sql: TransactionSql,
  list: ListId,
  { epoch, head }: Place,
  now: Date,
): Promise<Place | null> {
  const empty = { document: new ListDocument({ epoch }), epoch, seq: head, leftOut: [] };
  const loaded = (await loadDocument(sql, list)) ?? empty;
  const next = await rollOver(sql, list, loaded, now);
  loaded.document.dispose();
  return next === null ? null : { epoch: next.epoch, head: next.seq };
}

/** Documents that a list keeps of lost logs: far more than restores of it, and few enough for a hostile editor who invents logs. */
const maxTold = 64;

/** When there are too many, those told of longest ago go: what was removed in them may then come back with a phone that was away since. */
async function writeTold(
  sql: TransactionSql,
  { list, epoch }: Append,
  { log, whole, now }: { log: LogId; whole: Uint8Array; now: Date },
): Promise<void> {
  await sql`
    insert into lost_documents (list_id, log_id, epoch, bytes, told_at)
    values (${list}, ${log}, ${epoch}, ${whole}, ${now})
    on conflict (list_id, log_id, epoch) do update set bytes = excluded.bytes, told_at = excluded.told_at`;
  await sql`
    delete from lost_documents
    where list_id = ${list} and (log_id, epoch) in (
      select log_id, epoch from lost_documents
      where list_id = ${list} order by told_at desc, log_id, epoch offset ${maxTold}
    )`;
}
