import { TrolleyError, type Clock } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import type { Seen } from './seen-store.ts';

/** So long notes wait for others: whoever looks who has what waits no longer for it. */
const waitMs = 2_000;
/** Places that wait at most, of members of lists. */
const maxWaiting = 20_000;

/** Gathers what phones say that they have, and writes it lazily, all in one statement: it costs the store the same however many phones speak. */
export class SeenNotes {
  readonly #write: (seen: readonly Seen[]) => Promise<void>;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #waiting = new Map<string, Seen>();
  #cancel: (() => void) | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(write: (seen: readonly Seen[]) => Promise<void>, clock: Clock, logger: Logger) {
    this.#write = write;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** @throws TrolleyError `busy` when too much waits already. */
  note(seen: Seen): void {
    const key = `${seen.list} ${seen.userId}`;
    const known = this.#waiting.get(key);
    if (known !== undefined && known.seq >= seen.seq) return;
    if (known === undefined && this.#waiting.size >= maxWaiting) {
      throw new TrolleyError('busy', 'Too much waits to be written.', { retryAfterMs: waitMs });
    }
    this.#waiting.set(key, seen);
    this.#cancel ??= this.#clock.schedule(waitMs, () => {
      this.#cancel = null;
      this.#flush();
    });
  }

  /** Writes what waits. What comes later stays unwritten. */
  async dispose(): Promise<void> {
    this.#cancel?.();
    this.#flush();
    await this.#writing;
  }

  /** What can't be written is lost: phones say it again when they are opened next. */
  #flush(): void {
    if (this.#waiting.size === 0) return;
    const seen = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#writing = this.#writing
      .then(() => this.#write(seen))
      .catch((error: unknown) => {
        this.#logger.warn({ err: error, count: seen.length }, 'what phones have seen could not be written');
      });
  }
}
