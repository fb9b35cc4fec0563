import type { ListId } from '@trolley/shared/protocol';
import type { TransactionSql } from 'postgres';

/** A list's document after update `seq`. */
export interface Snapshot {
  list: ListId;
  epoch: number;
  seq: number;
  bytes: Uint8Array;
  /** Updates up to `seq` that are not in it, because what they build on is not in the log. */
  leftOut: readonly number[];
  createdAt: Date;
}

/** Adds a snapshot. The list's row must be locked, and told of it. */
export async function insertSnapshot(sql: TransactionSql, snapshot: Snapshot): Promise<void> {
  const { list, epoch, seq, bytes, leftOut, createdAt } = snapshot;
  await sql`
    insert into snapshots (list_id, seq, epoch, bytes, left_out, created_at)
    values (${list}, ${seq}, ${epoch}, ${bytes}, ${leftOut}::integer[], ${createdAt})`;
}
