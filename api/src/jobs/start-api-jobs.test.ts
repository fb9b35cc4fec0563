import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FakeClock } from '@trolley/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAnnouncements } from '../events.ts';
import { ListWriter } from '../testing/list-writer.ts';
import { startLogHarness, type StoreHarness } from '../testing/log-harness.ts';
import { recordLog } from '../testing/log-lines.ts';
import { temporaryDataDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts';
import { pruneLists } from './prune-lists.ts';
import { startApiJobs } from './start-api-jobs.ts';
import { tidyAccounts } from './tidy-accounts.ts';

const dayMs = 24 * 60 * 60 * 1_000;
const { signal } = new AbortController();

describe("the api's nights", { timeout: 60_000 }, () => {
  let directory: TemporaryDirectory;
  let harness: StoreHarness;

  beforeEach(async () => {
    directory = await temporaryDataDirectory();
    harness = await startLogHarness(null, directory.path);
  }, 60_000);

  afterEach(async () => {
    await harness.dispose();
    directory.remove();
  });

  /** A list with a change on each of two days, and a snapshot after each. */
  const writeOldList = async (now: Date): Promise<void> => {
    const { sql } = harness.database;
    const owner = await harness.createUser();
    const list = await harness.createList(owner);
    const writer = new ListWriter();
    const updates = [writer.create('Home'), writer.add('milk')];
    for (const update of updates) await harness.log.append([{ userId: owner, list, epoch: 0, update }]);
    for (const [seq, daysAgo] of [
      [1, 500],
      [2, 401],
    ] as const) {
      const at = new Date(now.getTime() - daysAgo * dayMs);
      await sql`update updates set created_at = ${at} where list_id = ${list} and seq = ${seq}`;
      await sql`
        insert into snapshots (list_id, seq, epoch, bytes, created_at)
        values (${list}, ${seq}, 0, ${writer.document.encode()}, ${at})`;
      await sql`update lists set snapshot_seq = ${seq} where list_id = ${list}`;
    }
  };

  const countUpdates = async (): Promise<number> =>
    (await harness.database.sql<{ count: number }[]>`select count(*)::int as count from updates`)[0]?.count ?? 0;

  it('S42, S47, S52 prune history, tidy accounts and write a backup', async () => {
    const { database } = harness;
    const clock = new FakeClock();
    const now = new Date(clock.nowMs());
    await writeOldList(now);
    await database.sql`insert into "verification" (id, identifier, value, "expiresAt") values ('v', 'i', 'x', ${new Date(0)})`;
    const { logger } = recordLog();
    const announcements = createAnnouncements(logger);
    const sendMail = (): Promise<void> => Promise.resolve();
    const parts = { sendMail, databaseUrl: null, dataDir: directory.path, database, announcements, clock, logger };
    const jobs = await startApiJobs({ ...parts, historyDays: 400 });
    await clock.advance(60_000);
    const backup = join(directory.path, 'backups', `trolley-${now.toISOString().slice(0, 10)}.ndjson.gz`);
    await expect.poll(() => existsSync(backup), { timeout: 20_000 }).toBe(true);
    await expect.poll(countUpdates, { timeout: 20_000 }).toBe(0);
    await expect.poll(() => database.sql`select from "verification"`, { timeout: 20_000 }).toHaveLength(0);
    await jobs.dispose();
  });

  it('S47 prune every list, also beside one that fails, and say that it did', async () => {
    const clock = new FakeClock();
    const now = new Date(clock.nowMs());
    for (let count = 0; count < 3; count += 1) await writeOldList(now);
    const { logger, lines } = recordLog();
    let calls = 0;
    const database = {
      ...harness.database,
      sql: harness.database.sql,
      transaction: <T>(work: Parameters<typeof harness.database.transaction<T>>[0]): Promise<T> => {
        calls += 1;
        return calls === 2 ? Promise.reject(new Error('one list is broken')) : harness.database.transaction(work);
      },
    };
    const pruning = { database, historyDays: 400, clock, logger };
    await expect(pruneLists(pruning, signal)).rejects.toThrow('The history of 1 lists could not be pruned.');
    expect(await countUpdates()).toBe(2);
    expect(lines.join('')).toContain('one list is broken');
    await pruneLists(pruning, signal);
    expect(await countUpdates()).toBe(0);
    await expect(pruneLists(pruning, AbortSignal.abort(new Error('The process ends.')))).rejects.toThrow(
      'The process ends.',
    );
  });

  it('S47 remove what has ended, in batches, and nothing that anybody still has', async () => {
    const { sql } = harness.database;
    const now = new Date('2027-06-01T00:00:00Z');
    const before = (days: number): Date => new Date(now.getTime() - days * dayMs);
    const owner = await harness.createUser();
    const list = await harness.createList(owner);
    await sql`
      insert into "session" (id, "expiresAt", token, "updatedAt", "userId")
      select 'old ' || n, ${before(1)}, 'old ' || n, now(), ${owner} from generate_series(1, 2500) as n`;
    await sql`
      insert into "session" (id, "expiresAt", token, "updatedAt", "userId")
      values ('alive', ${before(-1)}, 'alive', now(), ${owner})`;
    await sql`
      insert into "verification" (id, identifier, value, "expiresAt")
      values ('old', 'i', 'x', ${before(1)}), ('alive', 'i', 'x', ${before(-1)})`;
    for (const [name, expiresAt] of [
      ['old', before(91)],
      ['ended', before(89)],
      ['open', before(-1)],
    ] as const) {
      await sql`
        insert into invites (list_id, invite_id, token_hash, role, expires_at, created_by, created_at)
        values (${list}, ${name}, ${Buffer.from(name)}, 'editor', ${expiresAt}, ${owner}, now())`;
    }
    await tidyAccounts(harness.database, now, signal);
    const left = await sql<{ id: string }[]>`
      select id from "session" union all select id from "verification" union all select invite_id from invites`;
    expect(left.map(({ id }) => id).toSorted()).toEqual(['alive', 'alive', 'ended', 'open']);
    expect(await harness.log.roles([{ list, userId: owner }])).toEqual(['owner']);
    await expect(
      tidyAccounts(harness.database, now, AbortSignal.abort(new Error('The process ends.'))),
    ).rejects.toThrow('The process ends.');
  });
});
