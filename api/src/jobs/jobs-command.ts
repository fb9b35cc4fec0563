import { ConfigError } from '@trolley/shared/process';
import type { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { DatabaseLocation } from '../store/database.ts';
import { withStore } from '../store/with-store.ts';
import { openLane, type Lane } from '../store/open-lane.ts';
import { createBoss } from './create-boss.ts';
import { readDeadJobs, replayDeadJobs } from './dead-jobs.ts';
import { deadQueue, mailQueue, nightlyQueues, serverTimings, tendQueue } from './queues.ts';

const usage = 'usage: npm run jobs -- status | list-dead | replay <id> | replay all';

/**
 * Looks after the work in the background from outside: what is in line, what has failed for good, and how to have that done after all.
 *
 * @throws ConfigError when the words make no sense, or when the store can't be had: the embedded one only while no server runs on it.
 */
export async function runJobsCommand(
  words: readonly string[],
  location: DatabaseLocation,
  logger: Logger,
  write: (line: string) => void,
): Promise<void> {
  const command = readCommand(words);
  await withStore(location, logger, async (database) => {
    const lane = openLane(location.databaseUrl, database, logger);
    const boss = createBoss(lane, serverTimings, logger, { isVisitor: true });
    try {
      if (!(await boss.isInstalled())) throw new ConfigError('There are no jobs: no server has run on this store yet.');
      await boss.start();
      await command({ boss, lane, write });
    } finally {
      await boss.stop({ close: false, graceful: false });
      await lane.dispose();
    }
  });
}

interface Visit {
  boss: PgBoss;
  lane: Lane;
  write: (line: string) => void;
}

type Command = (visit: Visit) => Promise<void>;

function readCommand([verb, id, ...rest]: readonly string[]): Command {
  if (verb === 'status' && id === undefined) return showStatus;
  if (verb === 'list-dead' && id === undefined) return listDead;
  if (verb === 'replay' && id !== undefined && rest.length === 0) return (visit) => replay(visit, id);
  throw new ConfigError(usage);
}

/** Counted now: what pg-boss itself tells of its queues can be a minute old. */
async function showStatus({ lane, write }: Visit): Promise<void> {
  const rows = await lane.sql<{ name: string; waiting: number; active: number }[]>`
    select name, count(*) filter (where state in ('created', 'retry'))::int as waiting,
      count(*) filter (where state = 'active')::int as active
    from pgboss.job group by name`;
  const counts = new Map(rows.map((row) => [row.name, row]));
  for (const name of [tendQueue, mailQueue, ...nightlyQueues, deadQueue]) {
    const { waiting = 0, active = 0 } = counts.get(name) ?? {};
    write(`${name.padEnd(14)} ${waiting} in line, ${active} at work`);
  }
}

async function listDead({ boss, write }: Visit): Promise<void> {
  const jobs = await readDeadJobs(boss);
  for (const { id, queue, failedAt, data, error } of jobs) {
    write(`${id} ${queue} ${failedAt.toISOString()} ${JSON.stringify(data)} ${JSON.stringify(error)}`);
  }
  if (jobs.length === 0) write('No job has failed for good.');
}

async function replay({ boss, write }: Visit, wanted: string): Promise<void> {
  const jobs = await readDeadJobs(boss);
  const ids = jobs.map(({ id }) => id).filter((id) => wanted === 'all' || id === wanted);
  if (ids.length === 0 && wanted !== 'all') throw new ConfigError(`No dead job has the id ${wanted}.`);
  const count = ids.length === 0 ? 0 : await replayDeadJobs(boss, ids);
  write(`${count} put back in line.`);
}
