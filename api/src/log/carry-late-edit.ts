import { mayEdit, type Append, type AppendOutcome, type ListId } from '@trolley/shared/protocol';
import type { TransactionSql } from 'postgres';
import { readRole } from '../lists/list-store.ts';
import type { Database } from '../store/database.ts';
import { carryPastEdit, refused, writeCurrent } from './carry-past-edit.ts';
import type { Place } from './leave-restored.ts';
import { readLostLog } from './lost-logs.ts';
import { refuseAppend } from './refuse-append.ts';
import { readSealed } from './sealed-epochs.ts';
import { takeLostDocument } from './take-lost-document.ts';

/**
 * Takes what `appendBatch` does not: an edit of an epoch that is not the list's any more, which is merged into that epoch's document and written
 * into the current epoch as far as it changed something, under the numbers that come next; and what a phone has of a log that was lost. All
 * or nothing, under the list's row lock, the role read after it. To repeat it changes nothing but, of the current epoch, the numbers. Tens of
 * milliseconds, most of them the loading of two documents.
 */
export async function carryLateEdit(database: Database, append: Append, now: Date): Promise<AppendOutcome> {
  return database.transaction(async (sql) => {
    const place = await lockPlace(sql, append.list);
    const role = await readRole(sql, append.list, append.userId);
    if (place === null || !mayEdit(role)) return refused(refuseAppend(append, role, place?.epoch ?? null));
    const lost = await readLostLog(sql, append);
    if (lost !== null) return takeLostDocument(sql, append, { place, lost, now });
    if (append.epoch === place.epoch) return writeCurrent(sql, append, { place, now });
    const sealed = await readSealed(sql, append.list, append.epoch);
    if (sealed === null) return refused(refuseAppend(append, role, place.epoch));
    try {
      return await carryPastEdit(sql, append, { place, past: sealed, now });
    } finally {
      sealed.document.dispose();
    }
  });
}

async function lockPlace(sql: TransactionSql, list: ListId): Promise<Place | null> {
  const [place] = await sql<Place[]>`
    select epoch, head from lists where list_id = ${list} for update`;
  return place ?? null;
}
