import type { Clock, ListId } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import type { Tail } from '../log/append.ts';
import type { Lane } from '../store/open-lane.ts';
import { createBoss, makeQueues } from './create-boss.ts';
import type { MailRequest } from '../mail/mail-request.ts';
import type { JobTimings, NightlyQueue } from './queues.ts';
import { workLists } from './work-lists.ts';
import { workMails } from './work-mails.ts';
import { workNights, type NightlyTask } from './work-nights.ts';

/** What the jobs do. Each is safe to repeat, also after it was cut off in the middle. */
export interface JobTasks {
  tendList: (list: ListId) => Promise<void>;
  sendMail: (request: MailRequest) => Promise<void>;
  nightly: ReadonlyMap<NightlyQueue, NightlyTask>;
}

/** The work in the background of this process. */
export interface Jobs {
  /** Looks at what appends have left behind. Returns at once. */
  noteTails: (tails: readonly Tail[]) => void;
  /** Puts a mail in line. Resolves when it is kept. */
  queueMail: (request: MailRequest) => Promise<void>;
  /** Lets the list that is being tended come to its end, and stops what takes long. What waits stays in line for the next process. */
  dispose: () => Promise<void>;
}

/** Makes pg-boss' tables where they are missing, and begins to work. */
export async function startJobs(
  lane: Lane,
  tasks: JobTasks,
  timings: JobTimings,
  clock: Clock,
  logger: Logger,
): Promise<Jobs> {
  const boss = createBoss(lane, timings, logger);
  await boss.start();
  await makeQueues(boss, timings);
  const lists = await workLists(boss, tasks.tendList, timings.pollSeconds, clock, logger);
  const mails = await workMails(boss, tasks.sendMail, timings.pollSeconds, clock, logger);
  const stopNights = await workNights(boss, tasks.nightly, timings.pollSeconds, clock, logger);
  return {
    noteTails: (tails) => {
      lists.due.note(tails);
    },
    queueMail: mails.queue,
    dispose: async () => {
      await Promise.all([lists.dispose(), mails.dispose(), stopNights()]);
      await boss.stop({ close: false, graceful: false });
    },
  };
}
