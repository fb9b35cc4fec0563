import type { ListId } from '@trolley/shared/protocol';
import type { Sql, TransactionSql } from 'postgres';
import type { Database } from '../store/database.ts';
import { loadDocument } from './load-document.ts';
import { insertSnapshot } from './snapshot-store.ts';

/** Where a list's history is to begin: with a snapshot. */
interface Beginning {
  seq: number;
  left_out: number[];
}

/**
 * Drops what is not needed to build the list's document as it was at `before` or at any moment since. Safe to repeat, and safe beside everything
 * else; it holds the list's row only where there is something to drop.
 */
export async function pruneHistory(database: Database, list: ListId, before: Date): Promise<void> {
  if ((await readBeginning(database.sql, list, before)) === null) return;
  await database.transaction(async (sql) => {
    await sql`select from lists where list_id = ${list} for update`;
    const beginning = await readBeginning(sql, list, before);
    if (beginning === null) return;
    await keepRestored(sql, list, { upTo: beginning.seq, now: before });
    await dropUpTo(sql, list, beginning);
  });
}

/** The last snapshot before that moment; null when history begins there or later already. */
async function readBeginning(sql: Sql | TransactionSql, list: ListId, before: Date): Promise<Beginning | null> {
  const [row] = await sql<Beginning[]>`
    select s.seq, s.left_out
    from lists l join snapshots s on s.list_id = l.list_id
    where l.list_id = ${list} and s.list_id = ${list} and s.created_at <= ${before} and s.seq > l.pruned_seq
    order by s.seq desc limit 1`;
  return row ?? null;
}

/** What a backup had is what phones' documents are compared with for as long as the list is there: it gets snapshots of its own. */
async function keepRestored(
  sql: TransactionSql,
  list: ListId,
  { upTo, now }: { upTo: number; now: Date },
): Promise<void> {
  const restores = await sql<{ seq: number }[]>`
    select r.seq from restores r
    where r.list_id = ${list} and r.seq between 1 and ${upTo}
      and not exists (select from snapshots s where s.list_id = ${list} and s.seq = r.seq)
    group by r.seq`;
  for (const { seq } of restores) {
    const loaded = await loadDocument(sql, list, seq);
    if (loaded === null) throw new Error('What was restored is gone.');
    const { document, epoch, leftOut } = loaded;
    await insertSnapshot(sql, { list, epoch, seq, bytes: document.encode(), leftOut, createdAt: now });
    document.dispose();
  }
}

async function dropUpTo(sql: TransactionSql, list: ListId, { seq, left_out }: Beginning): Promise<void> {
  await sql`
    delete from snapshots s
    where s.list_id = ${list} and s.seq < ${seq}
      and not exists (select from restores r where r.list_id = ${list} and r.seq = s.seq)`;
  const waiting = [...left_out, ...(await readWaiting(sql, list, seq))];
  await sql`
    delete from updates where list_id = ${list} and seq <= ${seq} and seq <> all(${waiting}::integer[])`;
  await sql`update lists set pruned_seq = ${seq} where list_id = ${list}`;
}

/** Updates that still wait for what they build on, in documents of the past that are kept. */
async function readWaiting(sql: TransactionSql, list: ListId, seq: number): Promise<number[]> {
  const rows = await sql<{ left_out: number[] }[]>`
    select left_out from sealed_epochs where list_id = ${list}
    union all
    select left_out from snapshots where list_id = ${list} and seq < ${seq}`;
  return rows.flatMap((row) => row.left_out);
}
