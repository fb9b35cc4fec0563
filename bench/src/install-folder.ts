import { statSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from '@trolley/scripts/toolchain';

/**
 * Installs other people's programs, by the lock file of their own folder of `bench`, when they are not there as it has them. They run no
 * scripts of theirs for it. Answers with the folder's path.
 */
export async function installFolder(name: 'peers' | 'lighthouse'): Promise<string> {
  const folder = join(root, 'bench', name);
  const installedMs = modifiedMs(join(folder, 'node_modules', '.package-lock.json'));
  if (installedMs !== null && installedMs > (modifiedMs(join(folder, 'package-lock.json')) ?? 0)) return folder;
  console.log(`Installing what bench/${name} names (npm ci) …`);
  const { code, output } = await run('npm', ['ci', '--prefix', folder, '--ignore-scripts', '--loglevel=error'], {
    output: 'keep',
  });
  if (code !== 0) throw new Error(`npm ci failed with exit code ${code}:\n${output}`);
  return folder;
}

/** Null for a file that is not there. */
function modifiedMs(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}
