import { statSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from '@trolley/scripts/toolchain';

const folder = join(root, 'bench', 'peers');

/** Installs the other people's servers, by their own lock file, when they are not there as it has them. They run no scripts of theirs for it. */
export async function installPeers(): Promise<void> {
  const installedMs = modifiedMs(join(folder, 'node_modules', '.package-lock.json'));
  if (installedMs !== null && installedMs > (modifiedMs(join(folder, 'package-lock.json')) ?? 0)) return;
  console.log('Installing the other servers (npm ci in bench/peers) …');
  const { code, output } = await run('npm', ['ci', '--prefix', folder, '--ignore-scripts', '--loglevel=error'], {
    output: 'keep',
  });
  if (code !== 0) throw new Error(`npm ci failed with exit code ${code}:\n${output}`);
}

/** Null for a file that is not there. */
function modifiedMs(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}
