import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { nodePath } from '@trolley/scripts/toolchain';
import * as v from 'valibot';
import type { DialectName } from '../load/dialects/dialects.ts';
import { answerSchema, type Answer, type Call } from '../load/load-calls.ts';
import type { LoadReport, Pace } from '../load/run-load.ts';
import type { Seat } from '../load/seat.ts';
import { processCpuMs } from './process-cpu.ts';
import { shape } from './load-plan.ts';

/** The load generator, in its process. One call at a time. */
export class LoadProcess {
  readonly #child: ChildProcess;

  constructor() {
    this.#child = fork(fileURLToPath(new URL('../load/main.ts', import.meta.url)), [], { execPath: nodePath });
  }

  get cpuMs(): number {
    return this.#child.pid === undefined ? 0 : processCpuMs(this.#child.pid);
  }

  /** Opens lists, in addition to those that are open. Tells how long a client took, in milliseconds, and what it sent and got. */
  async connect(dialect: DialectName, seats: readonly Seat[]): Promise<Extract<Answer, { answer: 'connected' }>> {
    const answer = await this.#ask({ call: 'connect', dialect, seats: [...seats] });
    if (answer.answer !== 'connected') throw unexpected(answer);
    return answer;
  }

  /** Drives one step on the lists that are open. */
  async run(pace: Pace): Promise<LoadReport> {
    const answer = await this.#ask({ call: 'run', shape, ...pace });
    if (answer.answer !== 'report') throw unexpected(answer);
    return answer.report;
  }

  /** Puts so many items into each list that was opened last. */
  async fill(itemCount: number): Promise<void> {
    await this.#ask({ call: 'fill', itemCount });
  }

  async disconnect(): Promise<void> {
    await this.#ask({ call: 'disconnect' });
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }

  async #ask(call: Call): Promise<Answer> {
    const ending = new AbortController();
    const answered = once(this.#child, 'message', { signal: ending.signal });
    const ended = once(this.#child, 'exit', { signal: ending.signal }).then(() => {
      throw new Error('the load process has ended');
    });
    this.#child.send(call);
    try {
      const received: unknown[] = await Promise.race([answered, ended]);
      const [message] = received;
      const answer = v.parse(answerSchema, message);
      if (answer.answer === 'failed') throw new Error(answer.reason);
      return answer;
    } finally {
      ending.abort();
      await Promise.allSettled([answered, ended]);
    }
  }
}

function unexpected({ answer }: Answer): Error {
  return new Error(`the load process answered ${answer}`);
}
