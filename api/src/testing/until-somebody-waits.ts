import { expect } from 'vitest';
import type { StoreHarness } from './log-harness.ts';

/** On a server, until a statement hangs on a lock. The embedded database has one connection: there the statement is not even sent. */
export async function untilSomebodyWaits({ database, isEmbedded }: StoreHarness): Promise<void> {
  if (isEmbedded) return;
  await expect
    .poll(async () => {
      const [row] = await database.sql<{ waiting: number }[]>`
        select count(*)::integer as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      return row?.waiting;
    })
    .toBe(1);
}
