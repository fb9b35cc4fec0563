import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installDebianPackage, mayInstallDebianPackages } from './services/executables.mjs';
import { fail, nodePath, root, run } from './toolchain.mjs';

/** Runs `npm ci` when `node_modules` is missing or is not what package-lock.json asks for. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  console.log('Installing dependencies (npm ci) …');
  const npm = npmCommand();
  // The build needs the development packages, also where NODE_ENV is production, and our Node is an optional one.
  const args = [...npm.args, 'ci', '--include=dev', '--include=optional', '--loglevel=error'];
  const { code } = await run(npm.command, args);
  if (code !== 0) fail(`npm ci failed with exit code ${code}: see its message above.`);
  await ensureNodeRuns();
}

/** Node 26 needs libatomic, which slim images leave out. Only a fresh install can find it missing. */
async function ensureNodeRuns() {
  if (!existsSync(nodePath)) fail(`package-lock.json names no Node for ${process.platform} on ${process.arch}.`);
  if (await nodeRuns()) return;
  if (mayInstallDebianPackages() && (await installDebianPackage('libatomic1')) && (await nodeRuns())) return;
  fail(`${nodePath} does not run on this machine. Node 26 needs the library libatomic (Debian's package libatomic1).`);
}

async function nodeRuns() {
  try {
    return (await run(nodePath, ['--version'], { output: 'keep' })).code === 0;
  } catch {
    // Made for another C library: it cannot even be started.
    return false;
  }
}

/**
 * Compares what npm recorded of its last install with the lock file, package by package. Modification times would be wrong after
 * a `git checkout`, and a mark of our own would not know of an `npm ci` that somebody ran by hand.
 */
function isInstalled() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record) || !existsSync(nodePath)) return false;
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(record);
  for (const path of installed.keys()) {
    if (!wanted.has(path)) return false;
  }
  for (const [path, entry] of wanted) {
    const found = installed.get(path);
    // An optional package that is absent is one for another platform.
    if (found === undefined ? !entry.optional : !isSame(found, entry)) return false;
  }
  return true;
}

/** @typedef {{ version?: string, integrity?: string, resolved?: string, optional?: boolean }} LockEntry */

/**
 * @param {string} lockPath
 * @returns {Map<string, LockEntry>}
 */
function packagesOf(lockPath) {
  const { packages } = JSON.parse(readFileSync(lockPath, 'utf8'));
  return new Map(Object.entries(packages).filter(([path]) => path.includes('node_modules/')));
}

/**
 * @param {LockEntry} one
 * @param {LockEntry} other
 */
function isSame(one, other) {
  return one.version === other.version && one.integrity === other.integrity;
}

/** The npm that runs us, or else the one in PATH: on Windows a script that cannot be started without a shell. */
function npmCommand() {
  const script = process.env['npm_execpath'];
  return script?.endsWith('npm-cli.js') ? { command: process.execPath, args: [script] } : { command: 'npm', args: [] };
}
