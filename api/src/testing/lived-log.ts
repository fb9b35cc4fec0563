import { randomBytes } from 'node:crypto';
import {
  createListId,
  systemClock,
  type Clock,
  type Head,
  type ListId,
  type LogService,
  type UserId,
} from '@trolley/shared/protocol';
import { pino } from 'pino';
import { createAuth } from '../auth/auth.ts';
import { createAnnouncements } from '../events.ts';
import { isDue } from '../jobs/due-lists.ts';
import { tendList } from '../jobs/tend-list.ts';
import { createList } from '../lists/list-store.ts';
import { createLogService } from '../log/log-service.ts';
import { pruneHistory } from '../log/prune-history.ts';
import { openStore } from '../store/open-store.ts';
import { insertUser } from './insert-user.ts';

/** What a list takes in the tables, in bytes, without their indexes. */
export interface StoredBytes {
  log: number;
  snapshots: number;
  sealedEpochs: number;
}

/**
 * The api's own log on a server, for living through years in a minute: its clock shows what it is told, and what the jobs do in the background is
 * done when it is asked for, by the jobs' own functions.
 */
export interface LivedLog {
  log: LogService;
  /** Makes a list of several people, the first of whom owns it. */
  createList: (memberCount: number) => Promise<{ list: ListId; members: UserId[] }>;
  setTime: (nowMs: number) => void;
  /** Tends what has grown enough since the last call, as the jobs do. Returns where the list's log ends if a new epoch has begun. */
  tendDue: () => Promise<Head | null>;
  /** Forgets what is older than so many days. */
  prune: (list: ListId, historyDays: number) => Promise<void>;
  storedBytes: (list: ListId) => Promise<StoredBytes>;
  dispose: () => Promise<void>;
}

const dayMs = 24 * 60 * 60 * 1000;

/** Opens the database at `databaseUrl`, be it fresh or one that has lived already. */
export async function startLivedLog(databaseUrl: string): Promise<LivedLog> {
  const clock = new StandingClock();
  const logger = pino({ level: 'error' });
  const database = await openStore({ databaseUrl, dataDir: '' }, clock, logger);
  const announcements = createAnnouncements(logger);
  const heads: Head[] = [];
  announcements.subscribe((event) => {
    if (event.kind === 'head') heads.push({ epoch: event.epoch, seq: event.seq });
  });
  const authSecret = randomBytes(32).toString('base64url');
  const auth = createAuth(database, { publicUrl: null, authSecret, clock, randomBytes, logger, announcements });
  const due = new Set<ListId>();
  const log = createLogService({
    database,
    auth,
    noteTails: (tails) => {
      for (const tail of tails) if (isDue(tail)) due.add(tail.list);
    },
    clock,
    logger,
  });
  return {
    log,
    createList: async (memberCount) => {
      const list = createListId(randomBytes);
      const members = await Promise.all(Array.from({ length: memberCount }, () => insertUser(database)));
      const [owner, ...others] = members;
      if (owner === undefined) throw new RangeError('A list has an owner.');
      await createList(database, list, owner, new Date(clock.nowMs()));
      for (const other of others) {
        await database.sql`
          insert into members (list_id, user_id, role, joined_at) values (${list}, ${other}, 'editor', now())`;
      }
      return { list, members };
    },
    setTime: (nowMs) => {
      clock.set(nowMs);
    },
    tendDue: async () => {
      for (const list of due) await tendList({ database, announcements, clock, logger }, list);
      due.clear();
      return heads.splice(0).at(-1) ?? null;
    },
    prune: (list, historyDays) => pruneHistory(database, list, new Date(clock.nowMs() - historyDays * dayMs)),
    storedBytes: async (list) => {
      const [stored] = await database.sql<[StoredBytes]>`
        select
          (select sum(pg_column_size(u.*))::float8 from updates u where list_id = ${list}) as log,
          (select sum(pg_column_size(bytes))::float8 from snapshots where list_id = ${list}) as snapshots,
          (select sum(pg_column_size(bytes))::float8 from sealed_epochs where list_id = ${list}) as "sealedEpochs"`;
      return stored;
    },
    dispose: () => database.dispose(),
  };
}

/** Shows what it is told. Timers ring in real time. */
class StandingClock implements Clock {
  #nowMs = systemClock.nowMs();

  nowMs(): number {
    return this.#nowMs;
  }

  schedule(delayMs: number, callback: () => void): () => void {
    return systemClock.schedule(delayMs, callback);
  }

  set(nowMs: number): void {
    this.#nowMs = nowMs;
  }
}
