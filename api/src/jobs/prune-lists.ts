import type { Clock, ListId } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import { pruneHistory } from '../log/prune-history.ts';
import type { Database } from '../store/database.ts';
import { WorkShare } from './work-share.ts';

const dayMs = 24 * 60 * 60 * 1_000;
/** Lists whose names are read at once. */
const pageRows = 500;

export interface Pruning {
  database: Database;
  historyDays: number;
  clock: Clock;
  logger: Logger;
}

/**
 * Drops of every list what is older than its history has to be. A list that fails does not keep the others from their turn.
 *
 * @throws Error when some lists failed, or the signal's reason.
 */
export async function pruneLists(
  { database, historyDays, clock, logger }: Pruning,
  signal: AbortSignal,
): Promise<void> {
  const before = new Date(clock.nowMs() - historyDays * dayMs);
  const share = new WorkShare(clock);
  signal.addEventListener('abort', () => {
    share.hurry();
  });
  let failed = 0;
  for await (const lists of listPages(database)) {
    for (const list of lists) {
      signal.throwIfAborted();
      try {
        await share.run(() => pruneHistory(database, list, before));
      } catch (error) {
        failed += 1;
        logger.error({ err: error, list }, "a list's history could not be pruned");
      }
    }
  }
  if (failed > 0) throw new Error(`The history of ${failed} lists could not be pruned.`);
}

/** All lists, in the order of their names, which is the order of their index. */
async function* listPages({ sql }: Database): AsyncGenerator<ListId[]> {
  let last = '';
  for (;;) {
    const rows = await sql<{ list_id: ListId }[]>`
      select list_id from lists where list_id > ${last} order by list_id limit ${pageRows}`;
    const end = rows.at(-1);
    if (end === undefined) return;
    yield rows.map(({ list_id }) => list_id);
    last = end.list_id;
  }
}
