import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { TransactionSql } from 'postgres';
import type { Database } from './database.ts';

const directory = new URL('./migrations/', import.meta.url);
/** Any number that no other program on the same server takes: nodes that start together migrate one after another. */
const lockNumber = 7_236_541;

/** A file of `migrations/`. */
export interface Migration {
  name: string;
  path: string;
  checksum: string;
}

/** A migration that a database has had. */
export type AppliedMigration = Pick<Migration, 'name' | 'checksum'>;

/**
 * Brings the tables to what this version expects: each file of `migrations/` once, in the order of its number, all in one transaction.
 *
 * @throws Error when a file was changed after it ran, or when the database was made by a newer version.
 */
export async function migrate(database: Database): Promise<void> {
  const migrations = await readMigrations();
  await database.transaction(async (sql) => {
    await lockMigrations(sql);
    await applyMigrations(sql, migrations);
  });
}

/** Until the transaction ends, no other process migrates; a server that starts waits for it. */
export async function lockMigrations(sql: TransactionSql): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockNumber})`;
}

/** The files, in the order of their numbers. */
export async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const path = fileURLToPath(new URL(name, directory));
      const text = await readFile(path, 'utf8');
      return { name, path, checksum: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

/** Applies those that the database has not had. `migrations` begins with those that it has. */
export async function applyMigrations(sql: TransactionSql, migrations: readonly Migration[]): Promise<void> {
  await sql`
    create table if not exists migrations (
      name text primary key,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`;
  const applied = new Map((await readApplied(sql)).map(({ name, checksum }) => [name, checksum]));
  refuseUnknown(applied, migrations);
  for (const migration of migrations) {
    if (!isApplied(applied, migration)) await apply(sql, migration);
  }
}

/** The migrations that the database has had, in the order of their numbers. */
export async function readApplied(sql: TransactionSql): Promise<AppliedMigration[]> {
  return sql<AppliedMigration[]>`select name, checksum from migrations order by name collate "C"`;
}

function refuseUnknown(applied: Map<string, string>, migrations: readonly Migration[]): void {
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = [...applied.keys()].find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new Error(
      `The database has the migration ${unknown}, which this version doesn't know: it is too old for it.`,
    );
  }
}

function isApplied(applied: Map<string, string>, migration: Migration): boolean {
  const checksum = applied.get(migration.name);
  if (checksum === undefined) return false;
  if (checksum !== migration.checksum) throw new Error(`The migration ${migration.name} was changed after it ran.`);
  return true;
}

async function apply(sql: TransactionSql, migration: Migration): Promise<void> {
  await sql.file(migration.path);
  await sql`insert into migrations (name, checksum) values (${migration.name}, ${migration.checksum})`;
}
