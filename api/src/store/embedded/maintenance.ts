import type { Clock } from '@trolley/shared/protocol';
import type { Sql } from 'postgres';

export interface MaintenanceOptions {
  /** How often the growth of the write-ahead log is looked at. */
  intervalMs: number;
  /** Write-ahead log that may gather before a checkpoint: it is what a start after a crash has to replay. */
  checkpointAfterBytes: number;
  /** Write-ahead log that may gather before dead rows are cleared. */
  vacuumAfterBytes: number;
}

export const defaultMaintenance: MaintenanceOptions = {
  intervalMs: 10_000,
  checkpointAfterBytes: 25 * 1024 * 1024,
  vacuumAfterBytes: 50 * 1024 * 1024,
};

/**
 * Does what Postgres' background processes do and the embedded one, having none, leaves out: without it the write-ahead log and the tables
 * grow for ever. It goes through the one client that all queries take, because a statement that reached the database another way could land
 * inside somebody's open transaction. Returns how to stop; a failure is told to `onError` and tried again at the next look.
 */
export function startMaintenance(
  sql: Sql,
  clock: Clock,
  options: MaintenanceOptions,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let cancelTimer = (): void => undefined;
  let running = Promise.resolve();
  let isStopped = false;
  let checkpointedAt: number | null = null;
  let vacuumedAt: number | null = null;

  const look = async (): Promise<void> => {
    const position = await walPosition(sql);
    vacuumedAt ??= position;
    if (position - vacuumedAt >= options.vacuumAfterBytes) {
      await sql`vacuum (analyze)`;
      vacuumedAt = position;
    }
    checkpointedAt ??= position;
    if (position - checkpointedAt >= options.checkpointAfterBytes) {
      await sql`checkpoint`;
      checkpointedAt = position;
    }
  };

  const lookLater = (delayMs: number): void => {
    cancelTimer = clock.schedule(delayMs, () => {
      running = look()
        .catch(onError)
        .then(() => {
          if (!isStopped) lookLater(options.intervalMs);
        });
    });
  };
  lookLater(0);

  return async () => {
    isStopped = true;
    cancelTimer();
    await running;
  };
}

/** Bytes of write-ahead log ever written. */
async function walPosition(sql: Sql): Promise<number> {
  const [row] = await sql<{ position: string }[]>`select pg_current_wal_insert_lsn() - '0/0'::pg_lsn as position`;
  return Number(row?.position ?? 0);
}
