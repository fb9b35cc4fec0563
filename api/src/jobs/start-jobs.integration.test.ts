import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { systemClock, type ListId } from '@trolley/shared/protocol';
import { SeededRandom } from '@trolley/shared/testing';
import { afterEach, beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest';
import { createAnnouncements } from '../events.ts';
import { jobContract } from '../testing/job-contract.ts';
import { dueList, fastTimings, JobHarness } from '../testing/job-harness.ts';
import { ListWriter, viewOf } from '../testing/list-writer.ts';
import { startLogHarness, type StoreHarness } from '../testing/log-harness.ts';
import { recordLog } from '../testing/log-lines.ts';
import { LogUnderTest } from '../testing/log-under-test.ts';
import { createServerDatabase } from '../testing/server-database.ts';
import { tendList } from './tend-list.ts';

const drops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const drop of drops.splice(0)) await drop();
});

async function createDatabase(): Promise<string> {
  const { url, drop } = await createServerDatabase(inject('postgresUrl'));
  drops.push(drop);
  return url;
}

describe('S41, S42, S44', () => {
  jobContract('the jobs on a Postgres server', createDatabase);
});

describe('jobs on a Postgres server', () => {
  it('S44 go on when their connection was lost', async () => {
    const harness = await JobHarness.start(await createDatabase());
    const tended: ListId[] = [];
    const tend = (list: ListId): Promise<void> => Promise.resolve(void tended.push(list));
    const { noteTails } = await harness.startProcess({ tend });
    const lost = await harness.database.sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'trolley jobs' and datname = current_database()`;
    expect(lost).toHaveLength(1);
    const due = dueList();
    noteTails([due]);
    await expect.poll(() => tended, { timeout: 15_000 }).toEqual([due.list]);
    await harness.dispose();
  });
});

describe('a process that is killed with -9 while it tends lists', () => {
  let url: string;
  let harness: StoreHarness;

  beforeEach(async () => {
    url = await createDatabase();
    harness = await startLogHarness(url);
  });

  afterEach(async () => {
    await harness.dispose();
  });

  it('S44 leaves nothing half done, and the next one does the rest', async () => {
    const seed = 20_261_121;
    const random = new SeededRandom(seed);
    const log = new LogUnderTest(harness);
    const { owner } = await log.ownList();
    const writer = new ListWriter();
    writer.create('Home');
    writer.addMany(60);
    const lists: ListId[] = [];
    for (let count = 0; count < 12; count += 1) lists.push(await writeList(owner, writer));
    for (let round = 0; round < 3; round += 1) await tendAndKill(lists, 1 + random.integer(6));

    const tending = { database: harness.database, announcements: createAnnouncements(recordLog().logger) };
    const jobs = await JobHarness.start(url);
    await jobs.startProcess({
      tend: (list) => tendList({ ...tending, clock: systemClock, logger: recordLog().logger }, list),
      timings: { pollSeconds: fastTimings.superviseSeconds, retryLimit: 8 },
    });
    await expect.poll(() => countSnapshots(harness), { timeout: 40_000 }).toBe(lists.length);
    for (const list of lists) {
      const pulled = await log.pull(owner, list);
      expect(viewOf(pulled.updates), `seed ${seed}`).toEqual(writer.document.view);
    }
    await jobs.dispose();
  }, 120_000);

  async function writeList(
    owner: Awaited<ReturnType<StoreHarness['createUser']>>,
    writer: ListWriter,
  ): Promise<ListId> {
    const list = await harness.createList(owner);
    const appends = writer.updates.map((update) => ({ userId: owner, list, epoch: 0, update }));
    const outcomes = await harness.log.append(appends);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    return list;
  }

  /** Runs a process that tends the lists, and kills it when it has begun with so many. */
  async function tendAndKill(lists: readonly ListId[], begunBeforeKill: number): Promise<void> {
    const script = fileURLToPath(new URL('../testing/tend-until-killed.ts', import.meta.url));
    const child = spawn(process.execPath, [script, url, ...lists], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    const closed = once(child, 'close');
    let begun = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      expect(lists).toContain(line);
      begun += 1;
      if (begun === begunBeforeKill) child.kill('SIGKILL');
    }
    await closed;
    expect(child.signalCode).toBe('SIGKILL');
  }
});

async function countSnapshots({ database }: StoreHarness): Promise<number> {
  const rows = await database.sql`select distinct list_id from snapshots`;
  return rows.length;
}
