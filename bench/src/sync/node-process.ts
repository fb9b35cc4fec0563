import { ManagedProcess, type Program } from '@trolley/scripts/services/managed-process';
import { nodePath, root } from '@trolley/scripts/toolchain';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { processCpuMs } from './process-cpu.ts';

/** What is left on the heap, with what it holds outside, after garbage was collected; and what the machine has given. */
export interface Memory {
  readonly heapBytes: number;
  readonly rssBytes: number;
}

const memorySchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ probe: v.literal('memory'), heapBytes: v.number(), rssBytes: v.number() }),
);
const probe = fileURLToPath(new URL('memory-probe.ts', import.meta.url));
const probePatienceMs = 30_000;

export interface NodeProgram {
  /** What it is in its system, such as `relay`. */
  readonly role: string;
  /** Its script, from the top of the project. */
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  readonly ready: Program['ready'];
  /** Flags of Node, besides those of the bench. */
  readonly flags?: readonly string[];
}

/** A server in a process of its own, of which one can be told what it costs. */
export class NodeProcess {
  readonly role: string;
  readonly #process: ManagedProcess;
  #onMemory: (memory: Memory) => void = () => undefined;

  private constructor({ role, script, env, ready, flags = [] }: NodeProgram) {
    this.role = role;
    const program: Program = {
      name: script,
      command: nodePath,
      args: ['--expose-gc', '--import', probe, ...flags, script],
      folder: root,
      env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...env },
      ready,
      stopSignal: 'SIGTERM',
    };
    this.#process = new ManagedProcess(program, {
      onLine: (line) => {
        const memory = v.safeParse(memorySchema, line);
        if (memory.success) this.#onMemory(memory.output);
        else if (/"level":(40|50|60)|error/i.test(line)) console.error(`${role}: ${line}`);
      },
      onEnd: ({ code, signal, isAsked }) => {
        if (!isAsked) console.error(`${role} (${script}) ended by itself: ${signal ?? `exit code ${code}`}`);
      },
    });
  }

  static async start(program: NodeProgram): Promise<NodeProcess> {
    const server = new NodeProcess(program);
    await server.#process.start();
    return server;
  }

  /** Milliseconds of CPU so far, all threads. */
  get cpuMs(): number {
    return processCpuMs(this.#processId);
  }

  /** Collects garbage, then tells. */
  async memory(): Promise<Memory> {
    const { promise, resolve, reject } = Promise.withResolvers<Memory>();
    const patience = setTimeout(() => {
      reject(new Error(`${this.role} told nothing of its memory`));
    }, probePatienceMs);
    this.#onMemory = resolve;
    process.kill(this.#processId, 'SIGUSR2');
    try {
      return await promise;
    } finally {
      clearTimeout(patience);
    }
  }

  freeze(): void {
    this.#process.freeze();
  }

  thaw(): void {
    this.#process.thaw();
  }

  async stop(): Promise<void> {
    await this.#process.stop();
  }

  get #processId(): number {
    const { pid } = this.#process;
    if (pid === null) throw new Error(`${this.role} is not running`);
    return pid;
  }
}
