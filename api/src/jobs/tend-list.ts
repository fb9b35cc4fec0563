import type { Clock, ListId } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import type { Announcements } from '../events.ts';
import { loadDocument } from '../log/load-document.ts';
import { rollOverLoaded } from '../log/roll-over.ts';
import { snapshotLoaded } from '../log/take-snapshot.ts';
import type { Database } from '../store/database.ts';

export interface Tending {
  database: Database;
  announcements: Announcements;
  clock: Clock;
  logger: Logger;
}

/** Begins a new epoch of a list if it is due, of which the relays are told, and takes a snapshot otherwise. */
export async function tendList({ database, announcements, clock, logger }: Tending, list: ListId): Promise<void> {
  const loaded = await loadDocument(database.sql, list);
  if (loaded === null) return;
  try {
    const now = new Date(clock.nowMs());
    const head = await rollOverLoaded(database, list, loaded, now);
    if (head !== null) announcements.announce({ kind: 'head', list, ...head });
    else if ((await snapshotLoaded(database, list, loaded, now)) === 'too-large') {
      logger.warn({ list }, 'the list is too large for a snapshot');
    }
  } finally {
    loaded.document.dispose();
  }
}
