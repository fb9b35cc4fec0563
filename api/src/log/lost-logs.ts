import { ListDocument, type EpochValues, type LateEdit } from '@trolley/shared/document';
import type { Append, ListId, LogId } from '@trolley/shared/protocol';
import type { TransactionSql } from 'postgres';
import { loadDocument, type LoadedDocument } from './load-document.ts';
import { valuesOf } from './sealed-epochs.ts';

/** A log that a restore has put this one in the place of, as far as it is known. */
export interface LostLog {
  log: LogId;
  /** The last number that was restored. */
  seq: number;
  /** Whether it is known to have begun with what was restored: the backup was made of it, or had nothing of the list. */
  isShared: boolean;
}

interface KeptEpoch {
  epoch: number;
  bytes: Uint8Array;
}

/** What phones have told of a lost log so far. */
export interface Told {
  /** What was restored. */
  restored: LoadedDocument;
  isShared: boolean;
  /** By epoch, all that phones had of it. */
  documents: ReadonlyMap<number, Uint8Array>;
  /** The last epoch that is known of it. */
  newest: number;
}

/** The lost log that an append is all of that a phone has; null when it is an edit like any other, or of an epoch that no restore has lost. */
export async function readLostLog(sql: TransactionSql, { list, epoch, lostLog }: Append): Promise<LostLog | null> {
  if (lostLog === undefined) return null;
  const [current] = await sql`select from store_identity where is_only and log_id = ${lostLog}`;
  return current === undefined ? findRestore(sql, list, { log: lostLog, epoch }) : null;
}

/** A lost log is the one that a restored backup was made of; where none was, the first restore is meant that has lost its epoch. */
async function findRestore(
  sql: TransactionSql,
  list: ListId,
  { log, epoch }: { log: LogId; epoch: number },
): Promise<LostLog | null> {
  const [restore] = await sql<Omit<LostLog, 'log'>[]>`
    select seq, (log_id is not distinct from ${log} or seq = 0) as "isShared" from restores
    where list_id = ${list} and (next_epoch > ${epoch} or log_id = ${log})
    order by log_id is not distinct from ${log} desc, next_epoch limit 1`;
  return restore === undefined ? null : { log, ...restore };
}

/** What is known of the time around an epoch, as `LateEdit` wants it: nothing before it where no restore has lost any of the list. */
export async function readAround(
  sql: TransactionSql,
  list: ListId,
  { epoch, past }: EpochValues,
): Promise<Required<Pick<LateEdit, 'older' | 'later'>>> {
  const older = await sql<KeptEpoch[]>`
    select epoch, bytes from sealed_epochs
    where list_id = ${list} and epoch = any(${past.epochs}::integer[])
      and exists (select from restores where list_id = ${list})`;
  const later = await sql<KeptEpoch[]>`
    select epoch, bytes from lost_documents where list_id = ${list} and epoch > ${epoch}`;
  const values = (kept: KeptEpoch) => valuesOf(kept.epoch, kept.bytes);
  return { older: older.map(values), later: later.map(values) };
}

/** All that is told of a lost log. The owner disposes of what was restored. */
export async function readTold(sql: TransactionSql, list: ListId, { log, seq, isShared }: LostLog): Promise<Told> {
  const rows = await sql<KeptEpoch[]>`
    select epoch, bytes from lost_documents where list_id = ${list} and log_id = ${log} order by epoch`;
  const empty = { document: new ListDocument(), epoch: 0, seq: 0, leftOut: [] };
  const restored = (await loadDocument(sql, list, seq)) ?? empty;
  const documents = new Map(rows.map(({ epoch, bytes }) => [epoch, bytes]));
  return { restored, isShared, documents, newest: Math.max(restored.epoch, ...documents.keys()) };
}
