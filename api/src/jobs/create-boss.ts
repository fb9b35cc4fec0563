import { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Lane } from '../store/open-lane.ts';
import { createQueueDatabase } from './queue-database.ts';
import { describeQueues, serverTimings, type JobTimings } from './queues.ts';

const dayS = 24 * 60 * 60;

/**
 * pg-boss on `lane`, with its tables in the schema `pgboss`, and nothing of it that we don't use: nights are ours (nights.ts), and no job
 * waits for another. A visitor makes no tables and does not look after the queues.
 */
export function createBoss(
  lane: Lane,
  timings: JobTimings,
  logger: Logger,
  { isVisitor = false }: { isVisitor?: boolean } = {},
): PgBoss {
  const boss = new PgBoss({
    db: createQueueDatabase(lane),
    migrate: !isVisitor,
    supervise: !isVisitor,
    schedule: false,
    superviseIntervalSeconds: timings.superviseSeconds,
    monitorIntervalSeconds: timings.superviseSeconds,
    queueCacheIntervalSeconds: timings.superviseSeconds,
    maintenanceIntervalSeconds: Math.max(timings.superviseSeconds, 60 * 60),
    bamIntervalSeconds: 60 * 60,
    flowIntervalSeconds: dayS,
  });
  boss.on('error', (error) => {
    logger.error({ err: error }, 'the job queue failed; it tries again');
  });
  boss.on('warning', ({ message, data }) => {
    logger.warn({ data }, `job queue: ${message}`);
  });
  return boss;
}

/** Makes the queues, and gives those that exist their present settings. */
export async function makeQueues(boss: PgBoss, timings: JobTimings = serverTimings): Promise<void> {
  for (const { name, policy, ...settings } of describeQueues(timings)) {
    await boss.createQueue(name, { ...settings, ...(policy === undefined ? {} : { policy }) });
    await boss.updateQueue(name, settings);
  }
}
