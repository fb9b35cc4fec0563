import type { Clock } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import { writeNightlyBackup } from '../backup/nightly-backup.ts';
import type { Announcements } from '../events.ts';
import type { Database } from '../store/database.ts';
import { openLane } from '../store/open-lane.ts';
import { explainUnusable } from '../store/open-store.ts';
import { pruneLists } from './prune-lists.ts';
import { embeddedTimings, serverTimings, type NightlyQueue } from './queues.ts';
import { startJobs, type JobTasks, type Jobs } from './start-jobs.ts';
import { tendList } from './tend-list.ts';
import { tidyAccounts } from './tidy-accounts.ts';
import type { NightlyTask } from './work-nights.ts';

export interface ApiJobOptions {
  /** Null for the embedded database. */
  databaseUrl: string | null;
  database: Database;
  announcements: Announcements;
  historyDays: number;
  sendMail: JobTasks['sendMail'];
  /** Folder of the installation. The embedded database, which nobody else looks after, is backed up into it every night. */
  dataDir: string;
  clock: Clock;
  logger: Logger;
}

/**
 * Starts the api's work in the background.
 *
 * @throws StoreUnusableError when its tables may not be made.
 */
export async function startApiJobs(options: ApiJobOptions): Promise<Jobs> {
  const { databaseUrl, database, clock, logger } = options;
  const lane = openLane(databaseUrl, database, logger);
  const timings = databaseUrl === null ? embeddedTimings : serverTimings;
  try {
    const jobs = await startJobs(lane, describeTasks(options), timings, clock, logger);
    return {
      ...jobs,
      dispose: async () => {
        await jobs.dispose();
        await lane.dispose();
      },
    };
  } catch (error) {
    await lane.dispose();
    throw databaseUrl === null ? error : explainUnusable(error, new URL(databaseUrl));
  }
}

function describeTasks(options: ApiJobOptions): JobTasks {
  const { database, databaseUrl, dataDir, clock } = options;
  const now = (): Date => new Date(clock.nowMs());
  const nightly = new Map<NightlyQueue, NightlyTask>([
    ['prune-history', (signal) => pruneLists(options, signal)],
    ['tidy-accounts', (signal) => tidyAccounts(database, now(), signal)],
  ]);
  if (databaseUrl === null) nightly.set('write-backup', () => writeNightlyBackup(database, dataDir, now()));
  return { tendList: (list) => tendList(options, list), sendMail: options.sendMail, nightly };
}
