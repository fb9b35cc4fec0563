import { randomBytes } from 'node:crypto';
import { systemClock, type ListId } from '@trolley/shared/protocol';
import { markRestored } from '../log/mark-restored.ts';
import type { Database } from '../store/database.ts';
import { readLogId } from '../store/log-id.ts';

/** In an order in which rows can be put back. */
const tables = ['lists', 'members', 'updates', 'snapshots', 'sealed_epochs', 'restores', 'lost_documents'];

const minuteMs = 60_000;
/** One restore follows another after a minute at least, as with people: the epochs after it are numbered by that. */
let restoreCount = 0;

/** Copies what the tables have of a list. What is returned brings that back, in the place of what is there then, and says that the store was restored. */
export async function backUpList(database: Database, list: ListId): Promise<() => Promise<void>> {
  const log = await readLogId(database);
  const backup = `backup_${randomBytes(8).toString('hex')}`;
  await database.sql.unsafe(`create schema ${backup}`);
  for (const table of tables) {
    await database.sql.unsafe(`create table ${backup}.${table} as select * from ${table} where list_id = '${list}'`);
  }
  return () =>
    database.transaction(async (sql) => {
      for (const table of tables.toReversed()) await sql.unsafe(`delete from ${table} where list_id = '${list}'`);
      for (const table of tables) await sql.unsafe(`insert into ${table} select * from ${backup}.${table}`);
      await sql`update store_identity set log_id = ${log} where is_only`;
      await markRestored(sql, new Date(systemClock.nowMs() + restoreCount * minuteMs), randomBytes);
      restoreCount += 1;
    });
}
