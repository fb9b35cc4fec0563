import type { ProcessEnd } from '../services/managed-process.ts';
import type { KeptProcess } from './kept-process.ts';

/** A kind of process of which a cluster has several. */
export type NodeKind = 'realtime' | 'api';

/** A death that nobody asked for. */
export interface Death extends ProcessEnd {
  readonly name: string;
}

/** Processes that run: `postgres`, `redis`, `api-1` …, `realtime-1` …, `gateway`, in the order in which they were started. */
export class Cluster {
  /** Address of the gateway on this machine. */
  readonly url: string;
  readonly #processes: readonly KeptProcess[];
  readonly #dispose: () => Promise<void>;

  /** `dispose` is called when all has ended. */
  constructor(url: string, processes: readonly KeptProcess[], dispose: () => Promise<void>) {
    this.url = url;
    this.#processes = processes;
    this.#dispose = dispose;
  }

  get processes(): readonly KeptProcess[] {
    return this.#processes;
  }

  /** One of the processes, by its name. */
  process(name: string): KeptProcess {
    const found = this.#processes.find((process) => process.name === name);
    if (found === undefined) throw new Error(`This cluster has no ${name}.`);
    return found;
  }

  nodes(kind: NodeKind): KeptProcess[] {
    return this.#processes.filter(({ name }) => name.startsWith(`${kind}-`));
  }

  /** Who has died without having been asked to. */
  get deaths(): Death[] {
    return this.#processes.flatMap(({ name, deaths }) => deaths.map((death) => ({ name, ...death })));
  }

  /** Restarts each node of both kinds, one after the other, in good order. Rejects when one did not end so. */
  async rollingRestart(): Promise<void> {
    for (const node of [...this.nodes('realtime'), ...this.nodes('api')]) await node.restart();
  }

  /** Resolves when every process takes work. */
  async untilReady(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.untilReady()));
  }

  /** Ends all, those that need others before those that are needed. Rejects if one did not end in good order; then too all have ended. */
  async stop(): Promise<void> {
    const problems: unknown[] = [];
    for (const process of this.#processes.toReversed()) {
      await process.stop().catch((problem: unknown) => problems.push(problem));
    }
    await this.#dispose();
    if (problems.length > 0) throw new AggregateError(problems, problems.map(String).join('\n'));
  }
}
