import type { Clock, ListId } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import type { Tail } from './append.ts';
import type { SnapshotOutcome } from './take-snapshot.ts';

/** A tail is worth a snapshot when it is this long or this heavy. */
const dueAfterUpdates = 100;
const dueAfterBytes = 64 * 1024;
/** Pause after each snapshot, in multiples of what it took: at most a tenth of this process goes into them, however busy the lists are. */
const restFactor = 9;

/**
 * Takes snapshots in the background, one at a time. It remembers nothing that matters: a list that it forgets in a crash is due again with
 * its next update.
 */
export class SnapshotKeeper {
  readonly #take: (list: ListId) => Promise<SnapshotOutcome>;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #due = new Set<ListId>();
  #running: Promise<void> | null = null;
  #cancelRest: (() => void) | null = null;
  #isDisposed = false;

  constructor(take: (list: ListId) => Promise<SnapshotOutcome>, clock: Clock, logger: Logger) {
    this.#take = take;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Looks at what appends have left behind. Returns at once. */
  consider(tails: readonly Tail[]): void {
    for (const { list, updates, bytes } of tails) {
      if (updates >= dueAfterUpdates || bytes >= dueAfterBytes) this.#due.add(list);
    }
    this.#startNext();
  }

  /** Resolves when no snapshot is being taken any more; none begins after it. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    this.#cancelRest?.();
    await this.#running;
  }

  #startNext(): void {
    if (this.#running !== null || this.#cancelRest !== null || this.#isDisposed) return;
    const [list] = this.#due;
    if (list === undefined) return;
    this.#due.delete(list);
    this.#running = this.#takeOne(list);
  }

  async #takeOne(list: ListId): Promise<void> {
    const startedAtMs = this.#clock.nowMs();
    try {
      const outcome = await this.#take(list);
      if (outcome === 'too-large') this.#logger.warn({ list }, 'the list is too large for a snapshot');
    } catch (error) {
      this.#logger.error({ err: error, list }, 'a snapshot failed; the next update tries again');
    }
    this.#running = null;
    this.#rest(restFactor * (this.#clock.nowMs() - startedAtMs));
  }

  #rest(delayMs: number): void {
    if (this.#isDisposed) return;
    this.#cancelRest = this.#clock.schedule(delayMs, () => {
      this.#cancelRest = null;
      this.#startNext();
    });
  }
}
