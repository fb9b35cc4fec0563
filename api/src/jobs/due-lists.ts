import type { Clock, ListId } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import type { Tail } from '../log/append.ts';

/** A tail is worth a snapshot when it is this long or this heavy. */
const dueAfterUpdates = 200;
const dueAfterBytes = 64 * 1024;
/** What becomes due within this time is asked for at once: nothing hurries, and a job costs less the more are asked for together. */
const gatherMs = 2_000;
/** Lists that one call asks for. */
const maxBatch = 1_000;
/** Pause after a call that failed. */
const retryMs = 5_000;
/** How long a list that was asked for is not asked for again, if nobody says that it is done. Some other process may be at it. */
const patienceMs = 60_000;

/** Whether a list is to be tended. */
export function isDue({ updates, bytes }: Tail): boolean {
  return updates >= dueAfterUpdates || bytes >= dueAfterBytes;
}

/**
 * Gathers the lists that appends leave to be tended and asks for them in batches, off the way of the appends. It remembers nothing that
 * matters: a list that is forgotten in a crash is due again with its next update.
 */
export class DueLists {
  readonly #ask: (lists: ListId[]) => Promise<void>;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #due = new Set<ListId>();
  /** When each was asked for. */
  readonly #askedAtMs = new Map<ListId, number>();
  #cancelTimer: (() => void) | null = null;
  #asking: Promise<void> | null = null;
  #isDisposed = false;

  constructor(ask: (lists: ListId[]) => Promise<void>, clock: Clock, logger: Logger) {
    this.#ask = ask;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Looks at what appends have left behind. Returns at once. */
  note(tails: readonly Tail[]): void {
    for (const tail of tails) if (isDue(tail) && !this.#isAsked(tail.list)) this.#due.add(tail.list);
    this.#askAfter(gatherMs);
  }

  /** A list was tended, well or not: from now on it may be asked for again. */
  settle(list: ListId): void {
    this.#askedAtMs.delete(list);
  }

  /** Resolves when nothing is being asked any more; nothing is after it. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    this.#cancelTimer?.();
    await this.#asking;
  }

  #isAsked(list: ListId): boolean {
    const atMs = this.#askedAtMs.get(list);
    return atMs !== undefined && this.#clock.nowMs() < atMs + patienceMs;
  }

  #askAfter(delayMs: number): void {
    if (this.#due.size === 0 || this.#cancelTimer !== null || this.#asking !== null || this.#isDisposed) return;
    this.#cancelTimer = this.#clock.schedule(delayMs, () => {
      this.#cancelTimer = null;
      this.#asking = this.#askForBatch();
    });
  }

  async #askForBatch(): Promise<void> {
    const lists = [...this.#due].slice(0, maxBatch);
    for (const list of lists) this.#due.delete(list);
    let delayMs = gatherMs;
    try {
      await this.#ask(lists);
      this.#remember(lists);
    } catch (error) {
      this.#logger.warn({ err: error, lists: lists.length }, 'lists could not be put in line to be tended');
      for (const list of lists) this.#due.add(list);
      delayMs = retryMs;
    }
    this.#asking = null;
    this.#askAfter(delayMs);
  }

  #remember(lists: readonly ListId[]): void {
    const nowMs = this.#clock.nowMs();
    for (const [list, atMs] of this.#askedAtMs) {
      if (nowMs >= atMs + patienceMs) this.#askedAtMs.delete(list);
    }
    for (const list of lists) this.#askedAtMs.set(list, nowMs);
  }
}
