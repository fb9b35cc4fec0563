import type { TransactionSql } from 'postgres';

export interface TableDescription {
  name: string;
  columns: { name: string; type: string }[];
}

/** What the migrations leave behind of themselves. */
const bookkeeping = 'migrations';

/** All tables of ours in the schema that statements go to, each after those that its rows refer to. */
export async function readTables(sql: TransactionSql): Promise<TableDescription[]> {
  const columns = await sql<{ table: string; name: string; type: string }[]>`
    select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname <> ${bookkeeping}
      and a.attnum > 0 and not a.attisdropped
    order by c.relname, a.attnum`;
  const references = await sql<{ from: string; to: string }[]>`
    select c.relname as from, r.relname as to
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class r on r.oid = k.confrelid
    where k.contype = 'f' and k.connamespace = current_schema()::regnamespace`;
  const byTable = Map.groupBy(columns, ({ table }) => table);
  const names = inOrder([...byTable.keys()], references);
  return names.map((name) => ({
    name,
    columns: (byTable.get(name) ?? []).map((column) => ({ name: column.name, type: column.type })),
  }));
}

/** Names so that none comes before one that it refers to. */
function inOrder(names: readonly string[], references: readonly { from: string; to: string }[]): string[] {
  const ordered: string[] = [];
  let left = names;
  while (left.length > 0) {
    const free = left.filter(
      (name) => !references.some(({ from, to }) => from === name && from !== to && left.includes(to)),
    );
    if (free.length === 0) throw new Error(`The tables ${left.join(', ')} refer to each other in a circle.`);
    ordered.push(...free);
    left = left.filter((name) => !free.includes(name));
  }
  return ordered;
}

/** A name as it is written in a statement. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
