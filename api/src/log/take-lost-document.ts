import { keepValues, ListDocument, type EpochValues } from '@trolley/shared/document';
import { limits, type Append, type AppendOutcome, type LogId } from '@trolley/shared/protocol';
import type { TransactionSql } from 'postgres';
import { carryPastEdit, refusal, writeCurrent } from './carry-past-edit.ts';
import type { Place } from './leave-restored.ts';
import { readTold, type LostLog, type Told } from './lost-logs.ts';
import { readSealed, valuesOf } from './sealed-epochs.ts';

/**
 * Takes what a phone has confirmed of a log that was lost in a restore. Such a log is told again in the order of its epochs, whichever phone comes
 * first. Of the last epoch that is known so far, what is new since the one before it is an edit, and so is what is gone since. An earlier one says
 * nothing that the later one, which began with it, did not know better: it is kept for the edits that still wait and build on it.
 * The list's row must be locked.
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

/** All that is told of the append's epoch with it, or why it is refused. */
function tell({ epoch, update }: Append, { restored, isShared, documents }: Told): Uint8Array | AppendOutcome {
  const document = new ListDocument();
  const known = documents.get(epoch) ?? (isShared && epoch === restored.epoch ? restored.document.encode() : null);
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
  const sealed = await readSealed(sql, append.list, append.epoch);
  const past = sealed ?? { document: new ListDocument({ epoch: append.epoch }), known: null, waiting: [] };
  const base = append.epoch >= told.newest ? newestTold(told) : null;
  try {
    return await carryPastEdit(sql, append, { place, past, base, isTold: true, now });
  } finally {
    past.document.dispose();
  }
}

/** What the newest epoch of a lost log had that is known: what was restored, if no phone has told of it yet. */
function newestTold({ restored, documents, newest }: Told): EpochValues {
  const bytes = documents.get(newest);
  return bytes === undefined ? keepValues(restored.document) : valuesOf(newest, bytes);
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
