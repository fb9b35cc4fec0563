import type { PgBoss } from 'pg-boss';
import { deadQueue } from './queues.ts';

/** A job that has failed for good. */
export interface DeadJob {
  id: string;
  /** The queue that it failed in. */
  queue: string;
  failedAt: Date;
  data: object | null;
  /** What was said at its last failure. */
  error: object | null;
}

/** The jobs that have failed for good, the oldest first. `boss` has started. */
export async function readDeadJobs(boss: PgBoss): Promise<DeadJob[]> {
  const jobs = await boss.findJobs<object | null>(deadQueue);
  return jobs
    .map(({ id, sourceName, createdOn, data, sourceOutput }) => ({
      id,
      queue: sourceName ?? deadQueue,
      failedAt: createdOn,
      data,
      error: sourceOutput,
    }))
    .toSorted((one, other) => one.failedAt.getTime() - other.failedAt.getTime());
}

/**
 * Puts dead jobs back in line where they came from, to be done as if they were new, and answers how many. A job whose list is in line already
 * needs no second one: it only leaves the dead.
 */
export async function replayDeadJobs(boss: PgBoss, ids: readonly string[]): Promise<number> {
  const moved = await boss.redrive(deadQueue, { ids: [...ids], limit: Math.max(1, ids.length) });
  const left = await boss.findJobs(deadQueue);
  const superseded = left.filter(({ id, state }) => state === 'failed' && ids.includes(id)).map(({ id }) => id);
  if (superseded.length > 0) await boss.deleteJob(deadQueue, superseded);
  return moved;
}
