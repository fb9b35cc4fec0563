import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from '../toolchain.mjs';

/**
 * Where PATH finds a command; null when it does not.
 * @param {string} command
 * @returns {string | null}
 */
export function findInPath(command) {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, command)).find(isExecutable) ?? null;
}

/** @param {string} path */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether Debian packages can be installed here: it takes root and apt-get. */
export function mayInstallDebianPackages() {
  return process.getuid?.() === 0 && findInPath('apt-get') !== null;
}

/**
 * Installs a Debian package without asking. Answers whether apt-get succeeded; its output is shown only when it did not.
 * The run level keeps the package from starting its service: the tests start their own, on a free port and in a temporary folder.
 * @param {string} name
 * @returns {Promise<boolean>}
 */
export async function installDebianPackage(name) {
  console.log(`Installing the Debian package ${name} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', name]]) {
    const { code, output } = await run('apt-get', args, { output: 'keep', env });
    if (code === 0) continue;
    console.error(output);
    return false;
  }
  return true;
}
