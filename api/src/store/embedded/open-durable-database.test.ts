import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../../testing/temporary-directory.ts';
import { DurableNodeFS } from './durable-node-fs.ts';
import { openDurableDatabase, proveCommitsAreSynced } from './open-durable-database.ts';

describe('the embedded database on the disk', () => {
  const directory = temporaryDirectory();

  beforeAll(async () => {
    const database = await openDurableDatabase(directory.path);
    await database.close();
  }, 60_000);

  afterAll(() => {
    directory.remove();
  });

  it('S11 syncs each commit, and says so', async () => {
    const files = new DurableNodeFS(directory.path);
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
    const files = new DurableNodeFS(directory.path);
    const database = await PGlite.create({ fs: files });
    await expect(proveCommitsAreSynced(database, files)).rejects.toThrow('does not sync its commits');
    await database.close();
  });
});
