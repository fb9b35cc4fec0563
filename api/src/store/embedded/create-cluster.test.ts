import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../../testing/temporary-directory.ts';
import { createCluster } from './create-cluster.ts';

describe('the first start', () => {
  const directory = temporaryDirectory();
  const cluster = join(directory.path, 'postgres');

  afterAll(() => {
    directory.remove();
  });

  it('S13 leaves a whole cluster or none when it is killed with -9, and the next one works', async () => {
    await killWhileCreating();
    expect(existsSync(cluster)).toBe(false);
    await createCluster(cluster);
    expect(readdirSync(directory.path)).toEqual(['postgres']);
    expect(statSync(cluster).mode & 0o077).toBe(0);
    const database = await PGlite.create(cluster);
    expect((await database.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await database.close();
  }, 60_000);

  /** Kills as soon as the unfinished cluster has its first files. */
  async function killWhileCreating(): Promise<void> {
    const module = fileURLToPath(new URL('create-cluster.ts', import.meta.url));
    const program = `
      const { createCluster } = await import(${JSON.stringify(module)});
      await createCluster(${JSON.stringify(cluster)});`;
    const isBegun = Promise.withResolvers<undefined>();
    const watcher = watch(directory.path, { recursive: true }, (_event, path) => {
      if (path?.includes('PG_VERSION') === true) isBegun.resolve(undefined);
    });
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'inherit' });
    const closed = once(child, 'close');
    await isBegun.promise;
    child.kill('SIGKILL');
    await closed;
    watcher.close();
  }
});
