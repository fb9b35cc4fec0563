import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { endWithUs } from './end-with-us.ts';

/** What to run, and how it is asked to start and to end. */
export interface Program {
  /** As messages call it. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly folder?: string;
  /** Whom it runs as; null: as ourselves. */
  readonly owner?: { readonly uid: number; readonly gid: number } | null;
  /** How it is known to take work: by a line of its output, or by an attempt, which is made again and again until it answers true. */
  readonly ready: { readonly line: RegExp } | { readonly attempt: () => Promise<boolean> };
  /** The signal that asks it to end in good order. */
  readonly stopSignal: NodeJS.Signals;
}

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether we ended it; otherwise it died by itself. */
  readonly isAsked: boolean;
}

/** What somebody hears of a process. */
export interface ProcessListener {
  onLine?(line: string): void;
  onEnd?(end: ProcessEnd): void;
}

/** Longest that a start, or an end in good order, may take on a machine that is busy with other things. */
const patienceMs = 60_000;
const attemptPauseMs = 25;
/** Lines that are kept for the message of a start that failed. */
const keptLines = 100;

type Child = ChildProcessByStdio<null, Readable, Readable>;

/**
 * A program that runs beside us, in a process group of its own: a Ctrl-C in the terminal reaches us alone. It can be killed, frozen and started
 * again, any number of times, and it ends when we do, however we end.
 */
export class ManagedProcess {
  readonly #program: Program;
  readonly #listener: ProcessListener;
  #child: Child | null = null;
  #isAsked = false;
  #lines: string[] = [];

  constructor(program: Program, listener: ProcessListener = {}) {
    this.#program = program;
    this.#listener = listener;
  }

  get isRunning(): boolean {
    return this.#child !== null;
  }

  /** Its id, which is also that of its group; null while it does not run. */
  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Resolves when it takes work. Rejects with what it said if it ends before, or takes longer than a minute. */
  async start(): Promise<void> {
    if (this.#child !== null) throw new Error(`${this.#program.name} runs already.`);
    const { command, args, env, folder, owner } = this.#program;
    this.#isAsked = false;
    this.#lines = [];
    const child = spawn(command, args, {
      ...owner,
      ...(env === undefined ? {} : { env }),
      ...(folder === undefined ? {} : { cwd: folder }),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.#child = child;
    await this.#untilReady(child);
  }

  /** Asks it to end, and resolves when it has. Rejects if it did not end in good order. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    this.thaw();
    const patience = setTimeout(() => {
      this.#signalGroup('SIGKILL');
    }, patienceMs);
    try {
      await this.#end(child, () => child.kill(this.#program.stopSignal));
    } finally {
      clearTimeout(patience);
    }
    if (child.exitCode !== 0) throw new Error(this.#describe(`did not stop cleanly (${ending(child)})`));
  }

  /** Ends it and its children without a chance to tidy up. Resolves when it is gone. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    await this.#end(child, () => {
      this.#signalGroup(signal);
    });
  }

  /** It stands still, with all its connections open, until `thaw`. */
  freeze(): void {
    this.#signalGroup('SIGSTOP');
  }

  thaw(): void {
    this.#signalGroup('SIGCONT');
  }

  async #end(child: Child, signal: () => void): Promise<void> {
    this.#isAsked = true;
    const closed = once(child, 'close');
    signal();
    await closed;
  }

  #signalGroup(signal: NodeJS.Signals): void {
    const pid = this.#child?.pid;
    if (pid !== undefined) process.kill(-pid, signal);
  }

  #untilReady(child: Child): Promise<void> {
    const { ready } = this.#program;
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const patience = setTimeout(() => {
      void this.kill();
      reject(new Error(this.#describe(`was not ready within ${patienceMs} ms`)));
    }, patienceMs);
    // It is read to the end: a program whose output nobody takes stands still once the pipe is full.
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => {
        this.#lines = [...this.#lines.slice(1 - keptLines), line];
        this.#listener.onLine?.(line);
        if ('line' in ready && ready.line.test(line)) resolve(undefined);
      });
    }
    if ('attempt' in ready) void this.#attempt(child, ready.attempt, resolve);
    const release = child.pid === undefined ? () => undefined : endWithUs(child.pid);
    child.once('error', (error) => {
      this.#child = null;
      reject(error);
    });
    child.once('close', (code, signal) => {
      release();
      this.#child = null;
      reject(new Error(this.#describe(`ended before it was ready (${ending(child)})`)));
      this.#listener.onEnd?.({ code, signal, isAsked: this.#isAsked });
    });
    return promise.finally(() => {
      clearTimeout(patience);
    });
  }

  async #attempt(child: Child, attempt: () => Promise<boolean>, succeed: (value: undefined) => void): Promise<void> {
    while (this.#child === child) {
      if (await attempt().catch(() => false)) {
        succeed(undefined);
        return;
      }
      await pause(attemptPauseMs);
    }
  }

  #describe(problem: string): string {
    return [`${this.#program.name} ${problem}:`, ...this.#lines].join('\n');
  }
}

function ending({ exitCode, signalCode }: Child): string {
  return signalCode ?? `exit code ${String(exitCode)}`;
}
