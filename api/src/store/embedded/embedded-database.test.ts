import { cpSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { systemClock } from '@trolley/shared/protocol';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordLog } from '../../testing/log-lines.ts';
import { temporaryDataDirectory, type TemporaryDirectory } from '../../testing/temporary-directory.ts';
import { openDatabase } from '../database.ts';
import { StoreUnusableError } from '../store-unusable-error.ts';
import { startWorker, superviseWorker } from './supervise-worker.ts';

const { logger } = recordLog();

describe('the embedded database', { timeout: 30_000 }, () => {
  let directory: TemporaryDirectory;

  beforeAll(async () => {
    directory = await temporaryDataDirectory();
  }, 60_000);

  afterAll(() => {
    directory.remove();
  });

  it('S12 is opened once, and can be opened again when it was disposed of', async () => {
    const options = { databaseUrl: null, dataDir: directory.path };
    const first = await openDatabase(options, systemClock, logger);
    await first.sql`create table if not exists kept (id integer)`;
    await first.sql`insert into kept values (1)`;
    await expect(openDatabase(options, systemClock, logger)).rejects.toThrow(StoreUnusableError);
    await first.dispose();
    const second = await openDatabase(options, systemClock, logger);
    expect(await second.sql`select id from kept`).toEqual([{ id: 1 }]);
    await second.dispose();
  }, 60_000);

  it('S12 lets nobody else on the machine reach its socket or read its files', async () => {
    const database = await openDatabase({ databaseUrl: null, dataDir: directory.path }, systemClock, logger);
    expect(readdirSync(join(directory.path, 'socket'))).toEqual(['database.sock']);
    for (const folder of ['socket', 'postgres']) {
      expect(statSync(join(directory.path, folder)).mode & 0o077, folder).toBe(0);
    }
    await database.dispose();
    expect(existsSync(join(directory.path, 'socket'))).toBe(false);
  });

  it('S13 puts its socket elsewhere when the path of the data directory is too long for one', async () => {
    const dataDir = join(directory.path, 'd'.repeat(60), 'e'.repeat(60));
    mkdirSync(dataDir, { recursive: true });
    cpSync(join(directory.path, 'postgres'), join(dataDir, 'postgres'), { recursive: true });
    const database = await openDatabase({ databaseUrl: null, dataDir }, systemClock, logger);
    expect(await database.sql`select 1 as one`).toEqual([{ one: 1 }]);
    expect(existsSync(join(dataDir, 'socket'))).toBe(false);
    await database.dispose();
  }, 60_000);

  it('S13 comes back with everything that was committed when its thread dies', async () => {
    const data = { clusterDirectory: join(directory.path, 'postgres'), socketPath: join(directory.path, 'test.sock') };
    let worker: Worker | undefined;
    const start = async (): Promise<Worker> => (worker = await startWorker(data));
    const supervisor = await superviseWorker(start, systemClock, logger);
    const sql = postgres({ path: data.socketPath, database: 'postgres', username: 'postgres', max: 1 });
    await sql`create table survivors (id integer)`;
    await sql`insert into survivors values (7)`;
    await worker?.terminate();
    await expect.poll(() => sql`select id from survivors`.catch(() => null), { timeout: 20_000 }).toEqual([{ id: 7 }]);
    await sql.end();
    await supervisor.dispose();
  }, 60_000);
});
