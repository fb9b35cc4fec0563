import { listIdSchema, type Clock, type ListId } from '@trolley/shared/protocol';
import type { Job, JobResult, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import * as v from 'valibot';
import { DueLists } from './due-lists.ts';
import { describeFailure } from './describe-failure.ts';
import { tendQueue } from './queues.ts';
import { WorkShare } from './work-share.ts';

/** What a job of `tend-list` carries. */
const tendDataSchema = v.object({ list: listIdSchema });

/** Jobs that a worker takes at once. It does them one after another. */
const batchSize = 50;

export interface ListWork {
  due: DueLists;
  dispose(): Promise<void>;
}

/** Tends the lists that are in line, and puts those in line that appends leave to be tended. `boss` has started. */
export async function workLists(
  boss: PgBoss,
  tend: (list: ListId) => Promise<void>,
  pollingIntervalSeconds: number,
  clock: Clock,
  logger: Logger,
): Promise<ListWork> {
  const share = new WorkShare(clock);
  let worker: string | null = null;
  const due = new DueLists(
    async (lists) => {
      await boss.insert(
        tendQueue,
        lists.map((list) => ({ data: { list }, singletonKey: list })),
      );
      if (worker !== null) boss.notifyWorker(worker);
    },
    clock,
    logger,
  );
  const tendOne = async ({ id, data }: Job): Promise<JobResult> => {
    const { list } = v.parse(tendDataSchema, data);
    try {
      await share.run(() => tend(list));
      return { id, status: 'completed' };
    } catch (error) {
      logger.error({ err: error, list }, 'a list could not be tended; it is tried again');
      return { id, status: 'failed', output: describeFailure(error) };
    } finally {
      due.settle(list);
    }
  };
  worker = await boss.work(
    tendQueue,
    { pollingIntervalSeconds, batchSize, burstWhenBatchFull: true, perJobResults: true },
    async (jobs: Job[]): Promise<JobResult[]> => {
      const results: JobResult[] = [];
      for (const job of jobs) results.push(await tendOne(job));
      return results;
    },
  );
  return {
    due,
    dispose: async () => {
      share.hurry();
      await due.dispose();
      await boss.offWork(tendQueue, { wait: true });
    },
  };
}
