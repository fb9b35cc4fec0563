import { keepValues, ListDocument, type EpochValues } from '@trolley/shared/document';
import type { ListId } from '@trolley/shared/protocol';
import type { TransactionSql } from 'postgres';
import { readUpdates } from './load-document.ts';

/** The document that an edit of the past was made in, which takes it in. The owner disposes of it. */
export interface PastEpoch {
  document: ListDocument;
  /** What it had, if the epoch is known here. */
  known: { bytes: Uint8Array; values: EpochValues } | null;
  /** Updates of that epoch that could not be applied so far. */
  waiting: Awaited<ReturnType<typeof readUpdates>>;
}

/** An epoch's document as it was sealed, with what reached it late; null when this store does not know it. */
export async function readSealed(sql: TransactionSql, list: ListId, epoch: number): Promise<PastEpoch | null> {
  const [sealed] = await sql<{ bytes: Uint8Array; left_out: number[] }[]>`
    select bytes, left_out from sealed_epochs where list_id = ${list} and epoch = ${epoch}`;
  if (sealed === undefined) return null;
  const { bytes, left_out: leftOut } = sealed;
  const document = openKept(epoch, bytes);
  return { document, known: { bytes, values: keepValues(document) }, waiting: await readUpdates(sql, list, leftOut) };
}

/** A document of ours that is kept as bytes. */
function openKept(epoch: number, bytes: Uint8Array): ListDocument {
  const document = new ListDocument({ epoch });
  if (!document.apply(bytes, 'storage').applied) throw new Error('The guard refuses a document of our own.');
  return document;
}

/** What an epoch had, of which the document is kept as bytes. */
export function valuesOf(epoch: number, bytes: Uint8Array): EpochValues {
  const document = openKept(epoch, bytes);
  const values = keepValues(document);
  document.dispose();
  return values;
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
