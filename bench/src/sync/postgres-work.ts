import type { Sql } from 'postgres';
import { databaseOf } from './running-system.ts';
import type { SystemName } from './systems.ts';

/** What Postgres has done so far. */
export interface PostgresWork {
  /** Of all databases: what it has written ahead of its data. */
  readonly walBytes: number;
  /** Of one database: transactions, and the size of its files. */
  readonly commits: number;
  readonly storedBytes: number;
}

/** What Postgres has done so far for a system. Its counters follow what happened by up to a second. */
export async function readPostgresWork(sql: Sql, system: SystemName): Promise<PostgresWork> {
  const [row] = await sql<{ wal: number; commits: number; stored: number }[]>`
    select (pg_current_wal_lsn() - '0/0'::pg_lsn)::float8 as wal, xact_commit::float8 as commits, pg_database_size(datname)::float8 as stored
    from pg_stat_database where datname = ${databaseOf(system)}`;
  if (row === undefined) throw new Error(`there is no database of ${system}`);
  return { walBytes: row.wal, commits: row.commits, storedBytes: row.stored };
}
