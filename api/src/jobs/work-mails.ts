import type { Clock } from '@trolley/shared/protocol';
import type { Job, JobResult, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { mailRequestSchema, type MailRequest } from '../mail/mail-request.ts';
import { describeFailure } from './describe-failure.ts';
import { mailQueue } from './queues.ts';

/** Mails that a worker takes at once. It sends them one after another. */
const batchSize = 10;
/** After a mail that could not leave the queue is looked at once a minute for an hour, also where it is looked at rarely. */
const lookAgainMs = 60_000;
const looksAfterFailure = 60;

export interface MailWork {
  /** Puts a mail in line. Resolves when it is kept. */
  queue: (request: MailRequest) => Promise<void>;
  dispose(): Promise<void>;
}

/** Sends the mails that are in line. `boss` has started. */
export async function workMails(
  boss: PgBoss,
  send: (request: MailRequest) => Promise<void>,
  pollingIntervalSeconds: number,
  clock: Clock,
  logger: Logger,
): Promise<MailWork> {
  let cancelLook = (): void => undefined;
  const lookAgain = (looksLeft: number): void => {
    cancelLook();
    if (looksLeft === 0) return;
    cancelLook = clock.schedule(lookAgainMs, () => {
      boss.notifyWorker(worker);
      lookAgain(looksLeft - 1);
    });
  };
  const sendOne = async ({ id, data }: Job): Promise<JobResult> => {
    try {
      await send(mailRequestSchema.parse(data));
      return { id, status: 'completed' };
    } catch (error) {
      logger.error({ err: error }, 'a mail could not leave; it is tried again');
      lookAgain(looksAfterFailure);
      return { id, status: 'failed', output: describeFailure(error) };
    }
  };
  const worker = await boss.work(
    mailQueue,
    { pollingIntervalSeconds, batchSize, burstWhenBatchFull: true, perJobResults: true },
    async (jobs: Job[]): Promise<JobResult[]> => {
      const results: JobResult[] = [];
      for (const job of jobs) results.push(await sendOne(job));
      return results;
    },
  );
  return {
    queue: async (request) => {
      await boss.send(mailQueue, request);
      boss.notifyWorker(worker);
    },
    dispose: async () => {
      cancelLook();
      await boss.offWork(mailQueue, { wait: true });
      cancelLook();
    },
  };
}
