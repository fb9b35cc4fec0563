import { ListDocument } from '@trolley/shared/document';
import type { ListId } from '@trolley/shared/protocol';
import type { Sql, TransactionSql } from 'postgres';
import { maxLogNumber } from './max-log-number.ts';

/** A list's document as the log has it. */
export interface LoadedDocument {
  document: ListDocument;
  epoch: number;
  /** Last update that is in it. */
  seq: number;
  /** Updates up to `seq` that are not in it, because what they build on is not in the log. */
  leftOut: number[];
}

interface StoredPart {
  seq: number;
  epoch: number;
  bytes: Uint8Array;
  is_snapshot: boolean;
}

/**
 * Builds a list's document as it was after update `upToSeq`, by default as it is now: from the last snapshot before that and what the log has
 * since. Null when there is nothing. The caller disposes of it. Milliseconds of work, so never on the way of an edit.
 */
export async function loadDocument(
  sql: Sql | TransactionSql,
  list: ListId,
  upToSeq = maxLogNumber,
): Promise<LoadedDocument | null> {
  const parts = await readParts(sql, list, upToSeq);
  const newest = parts.reduce<StoredPart | null>(
    (last, part) => (last === null || part.seq > last.seq ? part : last),
    null,
  );
  if (newest === null) return null;
  const { epoch, seq } = newest;
  const document = new ListDocument({ epoch });
  // An epoch begins with an update that is its whole document: nothing from before it belongs to it.
  const leftOut = applyParts(
    document,
    parts.filter((part) => part.epoch === epoch),
  );
  return { document, epoch, seq, leftOut };
}

/** Brings a document that was loaded earlier to where its list's log is now. The list must still be in its epoch. */
export async function catchUp(sql: TransactionSql, list: ListId, loaded: LoadedDocument): Promise<LoadedDocument> {
  const parts = await sql<StoredPart[]>`
    select seq, epoch, bytes, false as is_snapshot from updates
    where list_id = ${list} and seq = any(${loaded.leftOut}::integer[])
    union all
    select seq, epoch, bytes, false from updates where list_id = ${list} and seq > ${loaded.seq}
    order by seq`;
  const seq = Math.max(loaded.seq, parts.at(-1)?.seq ?? 0);
  return { ...loaded, seq, leftOut: applyParts(loaded.document, parts) };
}

/** Updates of the log by their numbers, as parts for `applyParts`. */
export async function readUpdates(
  sql: TransactionSql,
  list: ListId,
  seqs: readonly number[],
): Promise<readonly StoredPart[]> {
  return sql<StoredPart[]>`
    select seq, epoch, bytes, false as is_snapshot from updates
    where list_id = ${list} and seq = any(${seqs}::integer[]) order by seq`;
}

/** A snapshot, or all updates of a kind in one row: a row for each would cost as much as applying them. */
interface StoredParts {
  seqs: number[];
  epochs: number[];
  lengths: number[];
  bytes: Uint8Array;
  is_snapshot: boolean;
}

/** The snapshot comes first, then updates by number: those that it left out, then those after it. One statement, so one point in time. */
async function readParts(sql: Sql | TransactionSql, list: ListId, upToSeq: number): Promise<StoredPart[]> {
  const rows = await sql<StoredParts[]>`
    with latest as (
      select seq, epoch, bytes, left_out from snapshots
      where list_id = ${list} and seq <= ${upToSeq} order by seq desc limit 1
    ), tail as (
      select seq, epoch, bytes from updates
      where list_id = ${list} and seq = any(coalesce((select left_out from latest), '{}'))
      union all
      select seq, epoch, bytes from updates
      where list_id = ${list} and seq > coalesce((select seq from latest), 0) and seq <= ${upToSeq}
    )
    select array[seq] as seqs, array[epoch] as epochs, array[octet_length(bytes)] as lengths, bytes, true as is_snapshot
    from latest
    union all
    select array_agg(seq order by seq), array_agg(epoch order by seq), array_agg(octet_length(bytes) order by seq),
      string_agg(bytes, ''::bytea order by seq), false
    from tail having count(*) > 0
    order by is_snapshot desc`;
  return rows.flatMap(toParts);
}

function toParts({ seqs, epochs, lengths, bytes, is_snapshot }: StoredParts): StoredPart[] {
  let end = 0;
  return seqs.map((seq, index) => {
    const start = end;
    end += lengths[index] ?? 0;
    return { seq, epoch: epochs[index] ?? 0, bytes: bytes.subarray(start, end), is_snapshot };
  });
}

/** Rounds that one load gives to updates that came before what they build on. What is left then gets its turn at the next snapshot. */
const maxRounds = 10;

/**
 * Applies what can be applied, again while that gets on: an edit made on top of another phone's edit can reach the log before it. Returns the
 * numbers of the rest.
 */
export function applyParts(document: ListDocument, parts: readonly StoredPart[]): number[] {
  let waiting = parts;
  for (let round = 0; round < maxRounds; round += 1) {
    const results = document.applyAll(
      waiting.map(({ bytes }) => bytes),
      'storage',
    );
    const refused = waiting.filter((_, index) => results[index]?.applied === false);
    // What it stands for may be gone from the log, so it is never left out like an update.
    if (refused.some((part) => part.is_snapshot)) throw new Error('The guard refuses a snapshot of our own.');
    if (refused.length === 0 || refused.length === waiting.length) return refused.map(({ seq }) => seq);
    waiting = refused;
  }
  return waiting.map(({ seq }) => seq);
}
