import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { syncPath } from './sync-path.ts';

/**
 * Makes the database's files at `directory`, unless they are there. They are made beside it, brought to disk and then renamed, so that a
 * process killed on its first start leaves either a whole cluster or none.
 */
export async function createCluster(directory: string): Promise<void> {
  if (existsSync(directory)) return;
  const unfinished = join(dirname(directory), `${basename(directory)}.unfinished`);
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  const database = await PGlite.create({ fs: new NodeFS(unfinished) });
  await database.exec('checkpoint');
  await database.close();
  syncTree(unfinished);
  renameSync(unfinished, directory);
  syncPath(dirname(directory));
}

function syncTree(directory: string): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else if (entry.isFile()) syncPath(path);
  }
  syncPath(directory);
}
