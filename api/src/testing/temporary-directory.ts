import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCluster } from '../store/embedded/create-cluster.ts';

export interface TemporaryDirectory {
  path: string;
  /** Takes it away with what it holds then. */
  remove: () => void;
}

/** An empty directory. */
export function temporaryDirectory(): TemporaryDirectory {
  const path = mkdtempSync(join(tmpdir(), 'trolley-test-'));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/**
 * A directory in which the embedded database starts at once: it holds a copy of a fresh cluster. Making one takes seconds, so that is done once
 * and kept beside the installed packages, until PGlite or how we make a cluster changes.
 */
export async function temporaryDataDirectory(): Promise<TemporaryDirectory> {
  const directory = temporaryDirectory();
  cpSync(await freshCluster(), join(directory.path, 'postgres'), { recursive: true });
  return directory;
}

async function freshCluster(): Promise<string> {
  const pglite = packageDirectory('@electric-sql/pglite');
  const recipe = fileURLToPath(new URL('../store/embedded/create-cluster.ts', import.meta.url));
  const key = createHash('sha256')
    .update(readFileSync(join(pglite, 'package.json')))
    .update(readFileSync(recipe))
    .digest('hex');
  const cache = join(dirname(dirname(pglite)), '.cache');
  const cluster = join(cache, `trolley-test-cluster-${key.slice(0, 16)}`);
  if (!existsSync(cluster)) {
    mkdirSync(cache, { recursive: true });
    const own = mkdtempSync(`${cluster}-`);
    await createCluster(join(own, 'postgres'));
    moveUnlessThere(join(own, 'postgres'), cluster);
    rmSync(own, { recursive: true, force: true });
  }
  return cluster;
}

/** Test files run side by side: the first one's cluster serves all. */
function moveUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}

function packageDirectory(name: string): string {
  const entry = fileURLToPath(import.meta.resolve(name));
  return entry.slice(0, entry.lastIndexOf(name) + name.length);
}
