import { ListDocument } from '@trolley/shared/document';
import type { ListId } from '@trolley/shared/protocol';
import type { Sql } from 'postgres';

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
 * Builds a list's document from its last snapshot and what the log has since; null when the list has no log. The caller disposes of it.
 * Milliseconds of work, so never on the way of an edit.
 */
export async function loadDocument(sql: Sql, list: ListId): Promise<LoadedDocument | null> {
  const parts = await readParts(sql, list);
  const newest = parts.reduce<StoredPart | null>(
    (last, part) => (last === null || part.seq > last.seq ? part : last),
    null,
  );
  if (newest === null) return null;
  const document = new ListDocument({ epoch: newest.epoch });
  return { document, epoch: newest.epoch, seq: newest.seq, leftOut: applyParts(document, parts) };
}

/** The snapshot comes first, then updates by number: those that it left out, then those after it. One statement, so one point in time. */
async function readParts(sql: Sql, list: ListId): Promise<StoredPart[]> {
  return sql<StoredPart[]>`
    with latest as (
      select seq, epoch, bytes, left_out from snapshots where list_id = ${list} order by seq desc limit 1
    )
    select seq, epoch, bytes, true as is_snapshot from latest
    union all
    select seq, epoch, bytes, false from updates
    where list_id = ${list} and seq = any(coalesce((select left_out from latest), '{}'))
    union all
    select seq, epoch, bytes, false from updates
    where list_id = ${list} and seq > coalesce((select seq from latest), 0)
    order by is_snapshot desc, seq`;
}

/** Rounds that one load gives to updates that came before what they build on. What is left then gets its turn at the next snapshot. */
const maxRounds = 10;

/**
 * Applies what can be applied, again while that gets on: an edit made on top of another phone's edit can reach the log before it. Returns the
 * numbers of the rest.
 */
function applyParts(document: ListDocument, parts: readonly StoredPart[]): number[] {
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
