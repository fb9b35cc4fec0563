import type { Queue } from 'pg-boss';

const minuteS = 60;
const hourS = 60 * minuteS;
const dayS = 24 * hourS;

/** Where a job goes that has failed for good. Nobody works on it: `npm run jobs` lists what is there and puts it back. */
export const deadQueue = 'dead-jobs';

/** What is to be done for all lists and accounts, once a night. */
export const nightlyQueues = ['prune-history', 'tidy-accounts', 'write-backup'] as const;
export type NightlyQueue = (typeof nightlyQueues)[number];

/** A snapshot and, if it is time for one, a new epoch of one list. */
export const tendQueue = 'tend-list';

/** A mail to somebody who asked for it. */
export const mailQueue = 'send-mail';

/** How often and how long. Tests are faster. */
export interface JobTimings {
  /** How often a process looks for jobs that it has not put in line itself. */
  pollSeconds: number;
  /** How often jobs of processes that died are looked for. */
  superviseSeconds: number;
  /** When a list that is being tended counts as given up. */
  tendExpireSeconds: number;
  /** Pause before the first repeat of a job that failed; it doubles each time, up to an hour. */
  retryDelaySeconds: number;
  /** Repeats until a job counts as failed for good. */
  retryLimit: number;
}

/** Several processes on one server: each finds what another has put in line within half a minute. */
export const serverTimings: JobTimings = {
  pollSeconds: 30,
  superviseSeconds: minuteS,
  tendExpireSeconds: 5 * minuteS,
  retryDelaySeconds: 5,
  retryLimit: 8,
};

/** The embedded database has one process, which knows what it has put in line. The rest is for what failed, and must not keep a disk awake. */
export const embeddedTimings: JobTimings = {
  ...serverTimings,
  pollSeconds: 10 * minuteS,
  superviseSeconds: 10 * minuteS,
};

/** The queues as they are made at each start, the dead letters first, because the others name them. */
export function describeQueues({ tendExpireSeconds, retryDelaySeconds, retryLimit }: JobTimings): Queue[] {
  const retries = {
    retryLimit,
    retryDelay: retryDelaySeconds,
    retryBackoff: true,
    retryDelayMax: hourS,
    deadLetter: deadQueue,
  };
  return [
    { name: deadQueue, retentionSeconds: 365 * dayS },
    {
      ...retries,
      name: tendQueue,
      // One waits for each list at most; another may be at work.
      policy: 'short',
      expireInSeconds: tendExpireSeconds,
      deleteAfterSeconds: hourS,
    },
    {
      ...retries,
      name: mailQueue,
      // With the pauses between them a day: a mail server that was away for a night has missed nothing.
      retryLimit: retryLimit * 4,
      expireInSeconds: 5 * minuteS,
      deleteAfterSeconds: hourS,
    },
    ...nightlyQueues.map((name) => ({
      ...retries,
      name,
      expireInSeconds: 12 * hourS,
      // By this a job is known to be alive for hours, and its process to be dead within minutes.
      heartbeatSeconds: minuteS,
      // Longer than a night, because its id is what keeps a second one of the same night out.
      deleteAfterSeconds: 3 * dayS,
    })),
  ];
}
