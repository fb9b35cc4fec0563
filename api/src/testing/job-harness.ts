import { randomBytes } from 'node:crypto';
import { createListId, systemClock, type Clock, type ListId } from '@trolley/shared/protocol';
import { createBoss } from '../jobs/create-boss.ts';
import type { JobTimings, NightlyQueue } from '../jobs/queues.ts';
import { startJobs, type Jobs } from '../jobs/start-jobs.ts';
import type { NightlyTask } from '../jobs/work-nights.ts';
import type { MailRequest } from '../mail/mail-request.ts';
import type { Database } from '../store/database.ts';
import { openLane } from '../store/open-lane.ts';
import { openStore } from '../store/open-store.ts';
import { recordLog } from './log-lines.ts';
import { temporaryDataDirectory } from './temporary-directory.ts';

/** So fast that a test sees a repeat, and so calm in looking for jobs that only a wake-up explains what happens at once. */
export const fastTimings: JobTimings = {
  pollSeconds: 600,
  superviseSeconds: 1,
  tendExpireSeconds: 2,
  retryDelaySeconds: 0,
  retryLimit: 1,
};

export interface ProcessOptions {
  tend?: (list: ListId) => Promise<void>;
  sendMail?: (request: MailRequest) => Promise<void>;
  nightly?: ReadonlyMap<NightlyQueue, NightlyTask>;
  timings?: Partial<JobTimings>;
  clock?: Clock;
}

/** A store on which processes work in the background, as many as a test starts. */
export class JobHarness {
  readonly database: Database;
  readonly isEmbedded: boolean;
  readonly lines: string[];
  readonly #databaseUrl: string | null;
  readonly #log = recordLog();
  readonly #disposals: (() => Promise<void>)[] = [];

  private constructor(database: Database, databaseUrl: string | null) {
    this.database = database;
    this.isEmbedded = databaseUrl === null;
    this.#databaseUrl = databaseUrl;
    this.lines = this.#log.lines;
  }

  static async start(databaseUrl: string | null): Promise<JobHarness> {
    const directory = await temporaryDataDirectory();
    const database = await openStore({ databaseUrl, dataDir: directory.path }, systemClock, recordLog().logger);
    const harness = new JobHarness(database, databaseUrl);
    harness.#disposals.push(async () => {
      await database.dispose();
      directory.remove();
    });
    return harness;
  }

  /** Begins to work as one process does. */
  async startProcess(options: ProcessOptions = {}): Promise<Jobs> {
    const lane = openLane(this.#databaseUrl, this.database, this.#log.logger);
    const tasks = {
      tendList: options.tend ?? (() => Promise.resolve()),
      sendMail: options.sendMail ?? (() => Promise.resolve()),
      nightly: options.nightly ?? new Map<NightlyQueue, NightlyTask>(),
    };
    const timings = { ...fastTimings, ...options.timings };
    const jobs = await startJobs(lane, tasks, timings, options.clock ?? systemClock, this.#log.logger);
    const dispose = async (): Promise<void> => {
      await jobs.dispose();
      await lane.dispose();
    };
    this.#disposals.push(dispose);
    return { ...jobs, dispose };
  }

  /** pg-boss as a command uses it. */
  async visit<T>(look: (boss: ReturnType<typeof createBoss>) => Promise<T>): Promise<T> {
    const lane = openLane(this.#databaseUrl, this.database, this.#log.logger);
    const boss = createBoss(lane, fastTimings, this.#log.logger, { isVisitor: true });
    await boss.start();
    try {
      return await look(boss);
    } finally {
      await boss.stop({ close: false, graceful: false });
      await lane.dispose();
    }
  }

  async dispose(): Promise<void> {
    for (const dispose of this.#disposals.toReversed()) await dispose();
  }
}

/** A list that has so much log that it is due. */
export function dueList(): { list: ListId; updates: number; bytes: number } {
  return { list: createListId(randomBytes), updates: 200, bytes: 0 };
}
