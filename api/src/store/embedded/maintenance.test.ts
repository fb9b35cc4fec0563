import { systemClock } from '@trolley/shared/protocol';
import { FakeClock } from '@trolley/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordLog } from '../../testing/log-lines.ts';
import { temporaryDataDirectory, type TemporaryDirectory } from '../../testing/temporary-directory.ts';
import { openDatabase, type Database } from '../database.ts';
import { startMaintenance } from './maintenance.ts';

const options = { intervalMs: 10_000, checkpointAfterBytes: 1_000_000, vacuumAfterBytes: 1_000_000 };

describe('the maintenance of the embedded database', { timeout: 30_000 }, () => {
  let directory: TemporaryDirectory;
  let database: Database;

  beforeAll(async () => {
    directory = await temporaryDataDirectory();
    database = await openDatabase({ databaseUrl: null, dataDir: directory.path }, systemClock, recordLog().logger);
    await database.sql`create table filler (id integer, bytes text)`;
  }, 60_000);

  afterAll(async () => {
    await database.dispose();
    directory.remove();
  });

  const redoPosition = async (): Promise<number> => {
    const [row] = await database.sql<{ position: number }[]>`
      select (redo_lsn - '0/0'::pg_lsn)::float8 as position from pg_control_checkpoint()`;
    return row?.position ?? 0;
  };

  it('S13 checkpoints and clears dead rows once enough was written, and not before', async () => {
    const clock = new FakeClock();
    const errors: unknown[] = [];
    const stop = startMaintenance(database.sql, clock, options, (error) => errors.push(error));
    await clock.advance(0);
    const before = await redoPosition();
    await database.sql`insert into filler select id, 'x' from generate_series(1, 100) as id`;
    await clock.advance(options.intervalMs);
    expect(await redoPosition()).toBe(before);
    await database.sql`insert into filler select id, repeat('x', 1000) from generate_series(1, 3000) as id`;
    await database.sql`delete from filler where id > 10`;
    await clock.advance(options.intervalMs);
    await stop();
    expect(await redoPosition()).toBeGreaterThan(before);
    const [size] = await database.sql<{ bytes: number }[]>`select pg_relation_size('filler')::float8 as bytes`;
    expect(size?.bytes).toBeLessThan(1_000_000);
    expect(errors).toEqual([]);
  });

  it('S13 tells of a failure and goes on', async () => {
    const clock = new FakeClock();
    const other = await temporaryDataDirectory();
    const closed = await openDatabase({ databaseUrl: null, dataDir: other.path }, systemClock, recordLog().logger);
    const { sql } = closed;
    await closed.dispose();
    other.remove();
    const errors: unknown[] = [];
    const stop = startMaintenance(sql, clock, options, (error) => errors.push(error));
    await clock.advance(options.intervalMs * 2);
    await stop();
    expect(errors.length).toBeGreaterThan(1);
  }, 60_000);
});
