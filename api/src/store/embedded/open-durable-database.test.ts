import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryDataDirectory, type TemporaryDirectory } from '../../testing/temporary-directory.ts';
import { DurableNodeFS } from './durable-node-fs.ts';
import { openDurableDatabase, proveCommitsAreSynced } from './open-durable-database.ts';

describe('the embedded database on the disk', { timeout: 30_000 }, () => {
  let directory: TemporaryDirectory;
  let cluster: string;

  beforeAll(async () => {
    directory = await temporaryDataDirectory();
    cluster = join(directory.path, 'postgres');
  }, 60_000);

  afterAll(() => {
    directory.remove();
  });

  it('S11 opens only where each commit is synced', async () => {
    const database = await openDurableDatabase(cluster);
    expect((await database.query('show fsync')).rows).toEqual([{ fsync: 'on' }]);
    await database.close();
  });

  it('S11 syncs each commit, and says so', async () => {
    const files = new DurableNodeFS(cluster);
    const startParams = PGlite.defaultStartParams.filter((parameter) => parameter !== '-F');
    const database = await PGlite.create({ fs: files, startParams: [...startParams, '-c', 'wal_sync_method=fsync'] });
    await database.exec('create table if not exists rows (id integer)');
    const before = files.fsyncCount;
    for (let id = 0; id < 10; id += 1) await database.query('insert into rows values ($1)', [id]);
    expect(files.fsyncCount - before).toBeGreaterThanOrEqual(10);
    await expect(proveCommitsAreSynced(database, files)).resolves.toBeUndefined();
    await database.close();
  });

  it('S11 refuses to start where commits are not synced, as PGlite has it by default', async () => {
    const files = new DurableNodeFS(cluster);
    const database = await PGlite.create({ fs: files });
    await expect(proveCommitsAreSynced(database, files)).rejects.toThrow('does not sync its commits');
    await database.close();
  });
});
