import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { nodePath, root } from '@trolley/scripts/toolchain';
import { config } from './config.ts';

/** Time that a start may take, on a machine that is busy with other tests. */
const startTimeoutMs = 60_000;

export interface TrolleyOptions {
  /** Folder of its data. The same one again, after a stop or a kill, is a restart. */
  readonly dataDir: string;
  /** 0, the default, takes a free one. A restart that phones must find again names the port of before. */
  readonly port?: number;
  /** More of its environment, such as DATABASE_URL. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The real server, as `npm start` runs it, in a process of its own. */
export interface Trolley {
  readonly url: string;
  readonly port: number;
  /** All that it has written so far. */
  output: () => string;
  /** Ends it without a chance to tidy up, and resolves when it is gone. */
  kill: (signal: 'SIGKILL') => Promise<void>;
  /** Asks it to end and resolves when it has. Rejects if it did not end cleanly. */
  stop: () => Promise<void>;
}

/** Starts the one-process form on an address of this machine alone. Resolves when it is ready; rejects with its output if it ends. */
export async function startTrolley({ dataDir, port = 0, env = {} }: TrolleyOptions): Promise<Trolley> {
  const child = spawn(nodePath, ['standalone/src/main.ts'], {
    cwd: root,
    env: { ...config.serverEnvironment, HOST: '127.0.0.1', PORT: String(port), DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killChild = () => child.kill('SIGKILL');
  process.once('exit', killChild);
  child.once('close', () => process.off('exit', killChild));

  const output = collectOutput(child);
  const url = await untilReady(child, output);
  return {
    url,
    port: Number(new URL(url).port),
    output,
    async kill(signal) {
      await end(child, signal);
    },
    async stop() {
      const code = await end(child, 'SIGTERM');
      if (code !== 0) throw new Error(`The server did not stop cleanly (exit code ${String(code)}):\n${output()}`);
    },
  };
}

type Server = ChildProcessByStdio<null, Readable, Readable>;

function collectOutput(child: Server): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  }
  return () => text;
}

/** Waits for the line that names its address. */
async function untilReady(child: Server, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(startTimeoutMs);
    const settle = (problem: string | null, url = '') => {
      child.stdout.off('data', look);
      child.off('close', onClose);
      signal.removeEventListener('abort', onTimeout);
      if (problem === null) resolve(url);
      else reject(new Error(`${problem}:\n${output()}`));
    };
    const look = () => {
      const url = /On this machine\s+(http:\S+)/.exec(output())?.[1];
      if (url !== undefined) settle(null, url);
    };
    const onClose = (code: number | null) => {
      settle(`The server ended with exit code ${String(code)} before it was ready`);
    };
    const onTimeout = () => {
      child.kill('SIGKILL');
      settle(`The server was not ready within ${startTimeoutMs} ms`);
    };
    child.stdout.on('data', look);
    child.on('close', onClose);
    signal.addEventListener('abort', onTimeout);
  });
}

async function end(child: Server, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const closed = once(child, 'close');
  child.kill(signal);
  await closed;
  return child.exitCode;
}
