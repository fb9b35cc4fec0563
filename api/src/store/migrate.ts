import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { TransactionSql } from 'postgres';
import type { Database } from './database.ts';

const directory = new URL('./migrations/', import.meta.url);
/** Any number that no other program on the same server takes: nodes that start together migrate one after another. */
const lockNumber = 7_236_541;

interface Migration {
  name: string;
  path: string;
  checksum: string;
}

/**
 * Brings the tables to what this version expects: each file of `migrations/` once, in the order of its number, all in one transaction.
 *
 * @throws Error when a file was changed after it ran, or when the database was made by a newer version.
 */
export async function migrate(database: Database): Promise<void> {
  const migrations = await readMigrations();
  await database.transaction(async (sql) => {
    await sql`select pg_advisory_xact_lock(${lockNumber})`;
    await sql`
      create table if not exists migrations (
        name text primary key,
        checksum text not null,
        applied_at timestamptz not null default now()
      )`;
    const applied = await readApplied(sql);
    refuseUnknown(applied, migrations);
    for (const migration of migrations) {
      if (!isApplied(applied, migration)) await apply(sql, migration);
    }
  });
}

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const path = fileURLToPath(new URL(name, directory));
      const text = await readFile(path, 'utf8');
      return { name, path, checksum: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

async function readApplied(sql: TransactionSql): Promise<Map<string, string>> {
  const rows = await sql<{ name: string; checksum: string }[]>`select name, checksum from migrations`;
  return new Map(rows.map((row) => [row.name, row.checksum]));
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
