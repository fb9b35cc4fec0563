import type { TransactionSql } from 'postgres';
import { BackupUnusableError, type BackupTable } from './backup-format.ts';
import type { BackupPart } from './read-backup.ts';
import { quoteName, readTables } from './table-catalog.ts';

/** Text of rows that one statement takes, more or less. */
const batchBytes = 2 * 1024 * 1024;
const maxBatchRows = 1_000;

/** Writes what a backup holds into tables that are there, and empty but for what migrations put into them. */
export async function insertRows(sql: TransactionSql, parts: AsyncIterable<BackupPart>): Promise<void> {
  const types = await readTypes(sql);
  let statement = '';
  let rows: string[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    if (rows.length > 0) await sql.unsafe(statement, [`[${rows.join(',')}]`]);
    rows = [];
    bytes = 0;
  };
  for await (const part of parts) {
    if (part.kind === 'table') {
      await flush();
      statement = describeInsert(part.table, types);
      // The migrations' own rows: the backup has them too, as they were.
      await sql`delete from ${sql(part.table.table)}`;
    } else if (part.kind === 'row') {
      rows.push(part.json);
      bytes += part.json.length;
      if (bytes >= batchBytes || rows.length >= maxBatchRows) await flush();
    }
  }
  await flush();
}

/** One text of JSON becomes rows: each value is what Postgres once wrote of it, and is read back as what its column holds. */
function describeInsert({ table, columns }: BackupTable, types: ReadonlyMap<string, string>): string {
  const values = columns.map((column, index) => {
    const type = types.get(`${table}.${column}`);
    if (type === undefined)
      throw new BackupUnusableError(`The backup has a column ${table}.${column}, which there is not.`);
    return `(r.v ->> ${index})::${type}`;
  });
  const names = columns.map(quoteName).join(', ');
  return `
    insert into ${quoteName(table)} (${names})
    select ${values.join(', ')} from jsonb_array_elements($1::text::jsonb) as r (v)`;
}

async function readTypes(sql: TransactionSql): Promise<Map<string, string>> {
  const tables = await readTables(sql);
  return new Map(
    tables.flatMap(({ name, columns }) => columns.map((column) => [`${name}.${column.name}`, column.type] as const)),
  );
}
