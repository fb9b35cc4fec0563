import { randomBytes } from 'node:crypto';
import { createListId, systemClock, type UserId } from '@trolley/shared/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { userIdSchema } from '../http/fields.ts';
import { pruneLists } from '../jobs/prune-lists.ts';
import { tidyAccounts } from '../jobs/tidy-accounts.ts';
import { createList } from '../lists/list-store.ts';
import { appendBatch } from '../log/append.ts';
import { takeSnapshot } from '../log/take-snapshot.ts';
import { ListWriter } from '../testing/list-writer.ts';
import { recordLog } from '../testing/log-lines.ts';
import { temporaryDataDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts';
import { TestApi } from '../testing/test-api.ts';
import { useEverything, useHistory } from '../testing/use-everything.ts';
import { openDatabase, type Database } from './database.ts';

const statementSchema = z.object({ query: z.string() });

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string | undefined;
  'Index Name'?: string | undefined;
  'Index Cond'?: string | undefined;
  Plans?: PlanNode[] | undefined;
}
const planNodeSchema: z.ZodType<PlanNode> = z.lazy(() =>
  z.object({
    'Node Type': z.string(),
    'Relation Name': z.string().optional(),
    'Index Name': z.string().optional(),
    'Index Cond': z.string().optional(),
    Plans: z.array(planNodeSchema).optional(),
  }),
);
const explainSchema = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: planNodeSchema })]) })]);

/** The tables of ours whose every row is read at a start, and nothing that Postgres and pg-boss keep for themselves. */
const exempt = /\b(pg_catalog|information_schema|pg_[a-z_]+|pgboss|migrations)\b/;

describe('the statements', { timeout: 30_000 }, () => {
  let directory: TemporaryDirectory;
  let statements: string[] = [];
  let database: Database;

  beforeAll(async () => {
    directory = await temporaryDataDirectory();
    const { logger, lines } = recordLog();
    const api = await TestApi.start({ dataDir: directory.path, logger });
    const userId = await useEverything(api, lines);
    await api.dispose();
    database = await openDatabase({ databaseUrl: null, dataDir: directory.path }, systemClock, logger);
    await useHistory(database, userId, lines);
    await workAtNight(database);
    statements = [...new Set(lines.flatMap(loggedStatement))];
  }, 60_000);

  afterAll(async () => {
    await database.dispose();
    directory.remove();
  });

  it('S9 find their rows by an index, each of them', async () => {
    expect(statements.length).toBeGreaterThan(30);
    await database.sql`set enable_seqscan = off`;
    const firstColumns = await readFirstColumns(database);
    const slow: string[] = [];
    for (const statement of statements) {
      const answer = await database.sql.unsafe(`explain (generic_plan, format json) ${statement}`);
      const [{ 'QUERY PLAN': plan }] = explainSchema.parse([...answer]);
      if (fullScans(plan[0].Plan, firstColumns).length > 0) slow.push(statement);
    }
    await database.sql`set enable_seqscan = on`;
    expect(slow).toEqual([]);
  });

  it('S9 are about tables that have the list first in their primary key, all that know lists', async () => {
    const tables = await database.sql<{ name: string; first: string }[]>`
      select c.relname as name, first.attname as first
      from pg_attribute a
      join pg_class c on c.oid = a.attrelid and c.relkind = 'r'
      join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
      left join pg_index x on x.indrelid = c.oid and x.indisprimary
      left join pg_attribute first on first.attrelid = c.oid and first.attnum = x.indkey[0]
      where a.attname = 'list_id'
      order by name`;
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['lists', 'updates', 'snapshots', 'restores']),
    );
    expect(tables.filter(({ first }) => first !== 'list_id')).toEqual([]);
  });

  it('S9 find their rows by an index inside append_update, append_updates and store_snapshot, which EXPLAIN does not look into', async () => {
    const [user] = await database.sql<{ id: UserId }[]>`select id from "user" limit 1`;
    const userId = user?.id ?? userIdSchema.parse('nobody');
    const list = createListId(randomBytes);
    await createList(database, list, userId, new Date(0));
    await addManyLists(database, userId);
    const before = await readFullScans(database);
    const append = { userId, list, epoch: 0, update: new ListWriter().create('Home') };
    let head = 0;
    for (let round = 1; round <= 10; round += 1) {
      for (const batch of [[append], [append, append]]) {
        const { outcomes } = await appendBatch(database.sql, batch, new Date(0));
        expect(outcomes).toEqual(batch.map(() => ({ ok: true, value: { epoch: 0, seq: (head += 1) } })));
      }
      expect(await takeSnapshot(database, list, new Date(0))).toBe('taken');
    }
    expect(await readFullScans(database)).toEqual(before);
  });
});

/** What is done once a night for all lists and accounts. */
async function workAtNight(database: Database): Promise<void> {
  const { signal } = new AbortController();
  await tidyAccounts(database, new Date(), signal);
  await pruneLists({ database, historyDays: 400, clock: systemClock, logger: recordLog().logger }, signal);
}

/** The statement of a log line, if it is one that reads or writes rows of ours. */
function loggedStatement(line: string): string[] {
  const parsed = statementSchema.safeParse(JSON.parse(line));
  if (!parsed.success) return [];
  const { query } = parsed.data;
  return /^\s*(select|insert|update|delete|with)\b/i.test(query) && !exempt.test(query) ? [query] : [];
}

/** So many rows that Postgres would rather read a table as a whole than by an index that does not fit. */
async function addManyLists({ sql }: Database, userId: UserId): Promise<void> {
  await sql`
    insert into lists (list_id, head, created_by, created_at, epoch_began_at)
    select 'list ' || number, 1, ${userId}, now(), now() from generate_series(1, 10000) as number`;
  await sql`
    insert into members (list_id, user_id, role, joined_at)
    select 'list ' || number, ${userId}, 'owner', now() from generate_series(1, 10000) as number`;
  await sql`
    insert into updates (list_id, seq, epoch, user_id, bytes, created_at)
    select 'list ' || number, 1, 0, ${userId}, 'x', now() from generate_series(1, 10000) as number`;
  await sql`
    insert into snapshots (list_id, seq, epoch, bytes, created_at)
    select 'list ' || number, 1, 0, 'x', now() from generate_series(1, 10000) as number`;
  await sql`vacuum (analyze)`;
}

/** How often each table has been read from one end to the other. */
async function readFullScans({ sql }: Database): Promise<unknown> {
  await sql`select pg_stat_force_next_flush()`;
  return sql`
    select relname, seq_scan from pg_stat_user_tables 
    where relname in ('lists', 'members', 'updates', 'snapshots') order by relname`;
}

/** Nodes that read a table from one end to the other, be it by an index of whose first column they know nothing. */
function fullScans(node: PlanNode, firstColumns: ReadonlyMap<string, string>): PlanNode[] {
  const index = node['Index Name'];
  const isScan = node['Node Type'].endsWith('Scan') && (index !== undefined || node['Relation Name'] !== undefined);
  const isBounded =
    index === undefined
      ? node['Node Type'] === 'Bitmap Heap Scan'
      : new RegExp(`\\("?${firstColumns.get(index) ?? 'no such index'}"? [=<>] `).test(node['Index Cond'] ?? '');
  const below = (node.Plans ?? []).flatMap((child) => fullScans(child, firstColumns));
  return isScan && !isBounded ? [node, ...below] : below;
}

/** What each index is sorted by first. */
async function readFirstColumns({ sql }: Database): Promise<Map<string, string>> {
  const rows = await sql<{ index: string; first: string }[]>`
    select i.relname as index, a.attname as first
    from pg_index x
    join pg_class i on i.oid = x.indexrelid
    join pg_attribute a on a.attrelid = x.indrelid and a.attnum = x.indkey[0]`;
  return new Map(rows.map(({ index, first }) => [index, first]));
}
