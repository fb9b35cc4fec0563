import { toMinute } from '@trolley/shared/document';
import { createLogId, type LogId, type RandomBytes } from '@trolley/shared/protocol';
import type { TransactionSql } from 'postgres';

/**
 * Says of a store that it was restored from a backup just now: the last step of a restore, in its own transaction, before any process opens it.
 * Phones are told by the new name of the log that what they have may be missing here. Of each list it is noted what was restored, of which log,
 * and its next epoch is numbered by the minute, so that no epoch ever has the number of another that phones know from a time that was lost: no
 * list begins an epoch a minute.
 */
export async function markRestored(sql: TransactionSql, now: Date, randomBytes: RandomBytes): Promise<void> {
  const minute = toMinute(now.getTime());
  const [backup] = await sql<{ log_id: LogId }[]>`select log_id from store_identity where is_only`;
  await sql`update store_identity set log_id = ${createLogId(randomBytes)}, restored_at = ${now} where is_only`;
  await sql`update lists set next_epoch = greatest(next_epoch + 1, ${minute}::integer)`;
  await sql`
    insert into restores (list_id, next_epoch, seq, log_id)
    select list_id, next_epoch, head, ${backup?.log_id ?? null} from lists`;
}
