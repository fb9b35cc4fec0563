import type { TransactionSql } from 'postgres';
import { applyMigrations, type Migration } from '../store/migrate.ts';
import { readTables } from './table-catalog.ts';

/** Names the store, and has its row from the start. */
const identityTable = 'store_identity';

/** Whether migrations have run here. */
export async function hasTables(sql: TransactionSql): Promise<boolean> {
  const [row] = await sql<{ found: boolean }[]>`select to_regclass('migrations') is not null as found`;
  return row?.found === true;
}

/** Whether anybody has left anything here. */
export async function hasRows(sql: TransactionSql): Promise<boolean> {
  for (const { name } of await readTables(sql)) {
    if (name !== identityTable && (await sql`select from ${sql(name)} limit 1`).length > 0) return true;
  }
  return false;
}

/**
 * Drops what the migrations have made, all of them having run, and nothing else that stands beside it. What that is, the migrations themselves
 * tell: they make it once more in a schema that is dropped at once.
 */
export async function dropEverything(sql: TransactionSql, migrations: readonly Migration[]): Promise<void> {
  await sql`create schema trolley_names`;
  await sql`set local search_path to trolley_names`;
  await applyMigrations(sql, migrations);
  const made = await sql<{ statement: string }[]>`
    select format('drop table if exists %I cascade', relname) as statement
    from pg_class where relnamespace = 'trolley_names'::regnamespace and relkind = 'r'
    union all
    select format('drop routine if exists %I(%s)', proname, pg_get_function_identity_arguments(oid))
    from pg_proc where pronamespace = 'trolley_names'::regnamespace`;
  await sql`drop schema trolley_names cascade`;
  await sql`set local search_path to default`;
  for (const { statement } of made) await sql.unsafe(statement);
}
