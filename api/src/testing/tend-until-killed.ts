import { listIdSchema, systemClock } from '@trolley/shared/protocol';
import { parse } from 'valibot';
import { createAnnouncements } from '../events.ts';
import { startJobs } from '../jobs/start-jobs.ts';
import { tendList } from '../jobs/tend-list.ts';
import { openLane } from '../store/open-lane.ts';
import { openStore } from '../store/open-store.ts';
import { fastTimings } from './job-harness.ts';
import { recordLog } from './log-lines.ts';

/*
 * A process for the test of kill -9: tends the lists that it is given, on the Postgres server that it is given, and prints each one's name when
 * it begins with it.
 */
const [databaseUrl, ...names] = process.argv.slice(2);
if (databaseUrl === undefined) throw new Error('usage: tend-until-killed.ts <database url> <list>...');
const { logger } = recordLog();
const database = await openStore({ databaseUrl, dataDir: '' }, systemClock, logger);
const tending = { database, announcements: createAnnouncements(logger), clock: systemClock, logger };
const jobs = await startJobs(
  openLane(databaseUrl, database, logger),
  {
    tendList: (list) => {
      process.stdout.write(`${list}\n`);
      return tendList(tending, list);
    },
    sendMail: () => Promise.resolve(),
    nightly: new Map(),
  },
  { ...fastTimings, retryLimit: 8 },
  systemClock,
  logger,
);
jobs.noteTails(names.map((name) => ({ list: parse(listIdSchema, name), updates: 200, bytes: 0 })));
