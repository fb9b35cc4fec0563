import { ListDocument } from '@trolley/shared/document';
import type { ListId } from '@trolley/shared/protocol';
import type { TransactionSql } from 'postgres';
import { loadDocument } from './load-document.ts';
import { rollOver } from './roll-over.ts';

/** Where a list stands, under its row lock. */
export interface Place {
  epoch: number;
  head: number;
}

/**
 * Ends an epoch that was restored before anything of another is written in the list: what phones still have of the one that was restored fits only
 * into that. Removals would not be seen in it, and what had been brought over before would be there twice, of which Yjs lets one win by its client.
 * Returns where the list stands then; null when it cannot leave. The list's row must be locked.
 */
export async function leaveRestored(sql: TransactionSql, list: ListId, place: Place, now: Date): Promise<Place | null> {
  const [restored] = await sql`
    select from lists l join restores r on r.list_id = l.list_id and r.seq >= l.epoch_seq
    where l.list_id = ${list} limit 1`;
  if (restored === undefined) return place;
  const { epoch, head: seq } = place;
  const empty = { document: new ListDocument({ epoch }), epoch, seq, leftOut: [] };
  const loaded = (await loadDocument(sql, list)) ?? empty;
  const next = await rollOver(sql, list, loaded, now);
  loaded.document.dispose();
  return next === null ? null : { epoch: next.epoch, head: next.seq };
}
