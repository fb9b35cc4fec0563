import { createHash } from 'node:crypto';
import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { TransactionSql } from 'postgres';
import type { Database } from '../store/database.ts';
import { syncPath } from '../store/embedded/sync-path.ts';
import { readApplied } from '../store/migrate.ts';
import { formatVersion, type BackupHeader } from './backup-format.ts';
import { verifyBackup } from './read-backup.ts';
import { quoteName, readTables, type TableDescription } from './table-catalog.ts';

/** Text of rows that is in memory at once, more or less. */
const batchBytes = 2 * 1024 * 1024;
const firstBatchRows = 20;
const maxBatchRows = 5_000;

export interface BackupSummary {
  /** Rows by table. */
  rows: Record<string, number>;
}

/**
 * Writes all that the store holds, as of one moment, to a file that only this user may read. Servers go on meanwhile; the embedded database's
 * one connection is taken until the rows are read. The file is read back before it gets its name: what has it is whole, also after a crash.
 */
export async function writeBackup(
  database: Database,
  path: string,
  { takenAt, authSecret }: { takenAt: Date; authSecret: string | null },
): Promise<BackupSummary> {
  const unfinished = `${path}.unfinished`;
  rmSync(unfinished, { force: true });
  try {
    const summary = await database.transaction(async (sql) => {
      await sql`set transaction isolation level repeatable read, read only`;
      // A slow disk is no reason to end it, and the values are to be written in one way everywhere.
      await sql`set local statement_timeout = 0`;
      await sql`set local idle_in_transaction_session_timeout = 0`;
      await sql`set local timezone = 'UTC'`;
      await sql`set local datestyle = 'ISO'`;
      await sql`set local bytea_output = 'hex'`;
      const migrations = await readApplied(sql);
      const rows: Record<string, number> = {};
      const header = { trolleyBackup: formatVersion, takenAt: takenAt.toISOString(), migrations, authSecret } as const;
      await pipeline(
        Readable.from(writeLines(sql, header, rows), { highWaterMark: 2 }),
        // Of bytes that look like noise, more work saves nothing.
        createGzip({ level: 1 }),
        createWriteStream(unfinished, { mode: 0o600 }),
      );
      return { rows };
    });
    syncPath(unfinished);
    await verifyBackup(unfinished);
    renameSync(unfinished, path);
    syncPath(dirname(path));
    return summary;
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

/** The file's text in large pieces. Counts the rows in `rows`. */
async function* writeLines(
  sql: TransactionSql,
  header: BackupHeader,
  rows: Record<string, number>,
): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const seal = (text: string): string => {
    hash.update(text);
    return text;
  };
  yield seal(`${JSON.stringify(header)}\n`);
  for (const table of await readTables(sql)) {
    yield seal(`${JSON.stringify({ table: table.name, columns: table.columns.map(({ name }) => name) })}\n`);
    rows[table.name] = 0;
    for await (const batch of readRows(sql, table)) {
      rows[table.name] = (rows[table.name] ?? 0) + batch.length;
      yield seal(batch.join(''));
    }
  }
  yield `${JSON.stringify({ end: { rows, sha256: hash.digest('hex') } })}\n`;
}

/** A table's rows as lines, in batches of about as many bytes, however long a row is. */
async function* readRows(sql: TransactionSql, { name, columns }: TableDescription): AsyncGenerator<string[]> {
  const values = columns.map((column) => `${quoteName(column.name)}::text`);
  await sql.unsafe(`declare backup_rows no scroll cursor for select ${values.join(', ')} from ${quoteName(name)}`);
  let count = firstBatchRows;
  for (;;) {
    const rows = await sql.unsafe(`fetch ${count} from backup_rows`).values();
    if (rows.length === 0) break;
    const lines = rows.map((row) => `${JSON.stringify(row)}\n`);
    yield lines;
    const bytes = lines.reduce((sum, line) => sum + line.length, 0);
    count = Math.max(1, Math.min(maxBatchRows, Math.floor((batchBytes * rows.length) / bytes)));
  }
  await sql`close backup_rows`;
}
