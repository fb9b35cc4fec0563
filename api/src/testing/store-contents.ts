import { quoteName, readTables } from '../backup/table-catalog.ts';
import type { Database } from '../store/database.ts';

/** What a restore itself writes: the log's new name, and how the lists' epochs are numbered from then on. */
const written = new Set(['store_identity', 'restores']);
const writtenColumn = 'next_epoch';

/** All that a store holds and that a restore leaves as it was: of each table its rows, as Postgres writes them, in one order whatever the database. */
export async function readContents(database: Database): Promise<Record<string, string[]>> {
  return database.transaction(async (sql) => {
    await sql`set local timezone = 'UTC'`;
    const contents: Record<string, string[]> = {};
    for (const { name, columns } of await readTables(sql)) {
      if (written.has(name)) continue;
      const kept = columns.filter((column) => column.name !== writtenColumn);
      const values = kept.map((column) => `${quoteName(column.name)}::text`).join(', ');
      const rows = await sql.unsafe(`select ${values} from ${quoteName(name)}`).values();
      contents[name] = rows.map((row) => JSON.stringify(row)).toSorted();
    }
    return contents;
  });
}
