import type { Clock } from '@trolley/shared/protocol';
import type { Job, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { everyNight, nightlyJobId } from './nights.ts';
import type { NightlyQueue } from './queues.ts';

/** What is done at night. Long work stops soon after the signal, by throwing, and is begun again elsewhere. */
export type NightlyTask = (signal: AbortSignal) => Promise<void>;

/** Does the nights' work when it is time, once a night for all processes together. `boss` has started. Returns how to stop. */
export async function workNights(
  boss: PgBoss,
  tasks: ReadonlyMap<NightlyQueue, NightlyTask>,
  pollingIntervalSeconds: number,
  clock: Clock,
  logger: Logger,
): Promise<() => Promise<void>> {
  const stopping = new AbortController();
  const workers = new Map<NightlyQueue, string>();
  for (const [queue, task] of tasks) {
    const work = async ([job]: Job[]): Promise<void> => {
      if (job !== undefined) await task(AbortSignal.any([stopping.signal, job.signal]));
    };
    workers.set(queue, await boss.work(queue, { pollingIntervalSeconds }, work));
  }
  const ask = async (night: Date): Promise<void> => {
    for (const [queue, worker] of workers) {
      const id = await boss.send(queue, {}, { id: nightlyJobId(queue, night) });
      if (id !== null) boss.notifyWorker(worker);
    }
  };
  const stopAsking = everyNight((night) => {
    ask(night).catch((error: unknown) => {
      logger.warn({ err: error }, "the night's work could not be put in line; it is asked for again in an hour");
    });
  }, clock);
  return async () => {
    stopAsking();
    stopping.abort(new Error('The process ends.'));
    for (const queue of workers.keys()) await boss.offWork(queue, { wait: true });
  };
}
