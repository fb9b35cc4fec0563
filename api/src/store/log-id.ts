import type { LogId } from '@trolley/shared/protocol';
import type { Database } from './database.ts';

/** The name of this store's log. It changes only by a restore, which no running process survives. */
export async function readLogId({ sql }: Database): Promise<LogId> {
  const [row] = await sql<{ log_id: LogId }[]>`select log_id from store_identity where is_only`;
  if (row === undefined) throw new Error('The store has no identity.');
  return row.log_id;
}
