import { setTimeout as pause } from 'node:timers/promises';
import type { ManagedProcess, ProcessEnd, ProcessListener } from '../services/managed-process.ts';

const firstPauseMs = 100;
const longestPauseMs = 5_000;

/** Keeps one process running, as an orchestrator does: when it dies it is started again, at once and then with longer and longer pauses. */
export class KeptProcess {
  readonly name: string;
  /** To be given to the process that is kept. */
  readonly listener: ProcessListener;
  readonly #lines: string[] = [];
  readonly #deaths: ProcessEnd[] = [];
  #process: ManagedProcess | null = null;
  #url = '';
  #isWanted = true;
  #starting: Promise<void> = Promise.resolve();
  #isReady = false;

  constructor(name: string, onLine: (name: string, line: string) => void) {
    this.name = name;
    this.listener = {
      onLine: (line) => {
        this.#lines.push(line);
        onLine(name, line);
      },
      onEnd: (end) => {
        this.#onEnd(end);
      },
    };
  }

  /** All that it has written, over all its lives. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** The times when it died without having been asked to, after it had taken work. */
  get deaths(): readonly ProcessEnd[] {
    return this.#deaths;
  }

  get pid(): number | null {
    return this.#process?.pid ?? null;
  }

  /** Where it is reached on this machine. */
  get url(): string {
    return this.#url;
  }

  /** From now on this process, which takes work already, is kept. */
  keep(process: ManagedProcess, url: string): void {
    this.#process = process;
    this.#url = url;
    this.#isReady = true;
  }

  /** Ends it with a signal. Resolves when it is gone; it comes back by itself. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await this.#started().kill(signal);
  }

  /** Resolves when it takes work again. */
  async untilReady(): Promise<void> {
    await this.#starting;
  }

  /** Ends it with a signal, and it stays away until `bringBack`. */
  async takeAway(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.#isWanted = false;
    await this.#started().kill(signal);
  }

  /** Resolves when it takes work again. */
  async bringBack(): Promise<void> {
    this.#isWanted = true;
    this.#starting = this.#startAgain();
    await this.#starting;
  }

  /** It stands still, with all its connections open, until `thaw`. */
  freeze(): void {
    this.#started().freeze();
  }

  thaw(): void {
    this.#started().thaw();
  }

  /** Ends it in good order and starts it again. Rejects if it did not end in good order. */
  async restart(): Promise<void> {
    await this.stop();
    await this.bringBack();
  }

  /** Ends it in good order, for good. Rejects if it did not end so. */
  async stop(): Promise<void> {
    this.#isWanted = false;
    await this.#starting;
    await this.#process?.stop();
  }

  #started(): ManagedProcess {
    if (this.#process === null) throw new Error(`${this.name} has not been started.`);
    return this.#process;
  }

  #onEnd(end: ProcessEnd): void {
    // A process that can't start, perhaps because what it needs is away too, has not died: the loop that starts it goes on.
    if (!this.#isReady) return;
    this.#isReady = false;
    if (!end.isAsked) this.#deaths.push(end);
    if (this.#isWanted) this.#starting = this.#startAgain();
  }

  async #startAgain(): Promise<void> {
    for (let pauseMs = firstPauseMs; this.#isWanted; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      try {
        await this.#started().start();
        this.#isReady = true;
        return;
      } catch {
        // What it said is among its lines.
        await pause(pauseMs);
      }
    }
  }
}
