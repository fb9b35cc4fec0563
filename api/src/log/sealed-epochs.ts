import { ListDocument, type KeyValues } from '@trolley/shared/document';
import type { ListId } from '@trolley/shared/protocol';
import type { TransactionSql } from 'postgres';
import { readUpdates } from './load-document.ts';

/** The document that an edit of the past was made in: what it is compared with, and what takes it in. The owner disposes of the document. */
export interface PastEpoch {
  /** Null where what the epoch has is no edit any more. */
  before: KeyValues | null;
  /** As in `LateEdit`. */
  older: readonly KeyValues[];
  /** As in `LateEdit`. */
  later: readonly KeyValues[];
  document: ListDocument;
  /** The document's bytes, if it was known here. */
  bytes: Uint8Array | null;
  /** Updates of that epoch that could not be applied so far. */
  waiting: Awaited<ReturnType<typeof readUpdates>>;
}

/** An epoch's document as it was sealed, with what reached it late; null when this store does not know it. */
export async function readSealed(
  sql: TransactionSql,
  list: ListId,
  epoch: number,
): Promise<(Omit<PastEpoch, 'before' | 'older' | 'later' | 'bytes'> & { bytes: Uint8Array }) | null> {
  const [sealed] = await sql<{ bytes: Uint8Array; left_out: number[] }[]>`
    select bytes, left_out from sealed_epochs where list_id = ${list} and epoch = ${epoch}`;
  if (sealed === undefined) return null;
  const waiting = await readUpdates(sql, list, sealed.left_out);
  return { document: openKept(epoch, sealed.bytes), bytes: sealed.bytes, waiting };
}

/** A document of ours that is kept as bytes. */
export function openKept(epoch: number, bytes: Uint8Array): ListDocument {
  const document = new ListDocument({ epoch });
  if (!document.apply(bytes, 'storage').applied) throw new Error('The guard refuses a document of our own.');
  return document;
}

/** Keeps an epoch's document, in the place of what was kept of it. */
export async function writeSealed(
  sql: TransactionSql,
  sealed: { list: ListId; epoch: number; bytes: Uint8Array; leftOut: readonly number[]; now: Date },
): Promise<void> {
  const { list, epoch, bytes, leftOut, now } = sealed;
  await sql`
    insert into sealed_epochs (list_id, epoch, bytes, left_out, sealed_at)
    values (${list}, ${epoch}, ${bytes}, ${leftOut}::integer[], ${now})
    on conflict (list_id, epoch) do update set bytes = excluded.bytes, left_out = excluded.left_out`;
}
