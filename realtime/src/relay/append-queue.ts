import { setImmediate as nextTurn } from 'node:timers/promises';
import { toWireError, type Append, type AppendOutcome, type Clock, type LogService } from '@trolley/shared/protocol';
import { ArrivalRate } from './arrival-rate.ts';

const maxBatch = 1_000;
const maxBatchBytes = 8 * 1024 * 1024;
const maxQueued = 5_000;
const maxQueuedBytes = 32 * 1024 * 1024;
const busyRetryAfterMs = 1_000;
/** Pushes a second for which a batch waits for no others. */
const freeRate = 250;
/** Between the starts of two batches, for each push a second above that: 60 ms at 1,250/s. */
const paceMsPerRate = 0.06;
/** Nobody sees that an edit has come so much later. */
const longestPauseMs = 60;
/**
 * So many wait for no more: as come in the longest pause at 5,000/s. From there on a batch costs each of its pushes as little as it will, and a
 * larger one would only take longer to store and to tell. Counted and not foretold from a rate, which is known too late when many begin at once.
 */
const enough = 300;
/** Timers are no finer. */
const shortestPauseMs = 1;

interface Waiting {
  append: Append;
  settle: (outcome: AppendOutcome) => void;
}

/** A batch that has been answered, in the order of its pushes. */
interface Answered {
  batch: readonly Waiting[];
  outcomes: readonly AppendOutcome[];
}

/**
 * Collects pushes of all sockets into batches. A batch leaves when the one before has returned and some milliseconds have passed since it left:
 * none where little comes, more the more comes, none when enough wait. So a wake-up, a statement and a write to each phone are shared by
 * what comes meanwhile (group commit; DeWitt et al., "Implementation techniques for main memory database systems", 1984).
 */
export class AppendQueue {
  readonly #log: LogService;
  readonly #clock: Clock;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  readonly #rate = new ArrivalRate();
  /** When the next batch may leave. */
  #nextAtMs = -Infinity;
  #isDraining = false;
  /** Ends the pause before a batch. */
  #wake: () => void = () => undefined;
  #onIdle: (() => void)[] = [];

  constructor(parts: { log: LogService; clock: Clock }) {
    this.#log = parts.log;
    this.#clock = parts.clock;
  }

  /** Resolves when the append is on disk or refused; never rejects. Outcomes of one list settle in the order of their numbers. */
  append(append: Append): Promise<AppendOutcome> {
    if (this.#waiting.length >= maxQueued || this.#waitingBytes + append.update.byteLength > maxQueuedBytes) {
      return Promise.resolve(tooMany);
    }
    const { promise, resolve } = Promise.withResolvers<AppendOutcome>();
    this.#waiting.push({ append, settle: resolve });
    this.#waitingBytes += append.update.byteLength;
    if (!this.#isDraining) void this.#drain();
    else if (this.#waiting.length === enough) this.#wake();
    return promise;
  }

  /** Resolves when nothing waits and nothing is under way. */
  whenIdle(): Promise<void> {
    if (!this.#isDraining) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#onIdle.push(() => {
      resolve(undefined);
    });
    return promise;
  }

  async #drain(): Promise<void> {
    this.#isDraining = true;
    let answered: Answered | null = null;
    while (this.#waiting.length > 0) {
      const pauseMs = this.#pauseMs();
      if (pauseMs > 0) await this.#pause(pauseMs);
      const leftAtMs = this.#clock.nowMs();
      const batch = this.#takeBatch();
      this.#nextAtMs = leftAtMs + paceMs(this.#rate.count(batch.length, leftAtMs));
      const committing = this.#commit(batch.map(({ append }) => append));
      if (answered !== null) {
        // To tell a thousand takes as long as to store them: once this batch is on its way, the one before is told while the store works.
        await nextTurn();
        tell(answered);
      }
      answered = { batch, outcomes: await committing };
      if (this.#waiting.length === 0 || this.#pauseMs() > 0) {
        tell(answered);
        answered = null;
      }
    }
    this.#isDraining = false;
    for (const idle of this.#onIdle.splice(0)) idle();
  }

  /** How long the next batch still waits for more. */
  #pauseMs(): number {
    if (this.#waiting.length >= enough) return 0;
    // The clock may have been put back.
    const pauseMs = Math.min(this.#nextAtMs - this.#clock.nowMs(), longestPauseMs);
    return pauseMs >= shortestPauseMs ? pauseMs : 0;
  }

  /** The oldest ones, at least one. */
  #takeBatch(): Waiting[] {
    let byteLength = 0;
    const end = this.#waiting.slice(0, maxBatch).findIndex(({ append }, position) => {
      byteLength += append.update.byteLength;
      return position > 0 && byteLength > maxBatchBytes;
    });
    const batch = this.#waiting.splice(0, end === -1 ? maxBatch : end);
    for (const { append } of batch) this.#waitingBytes -= append.update.byteLength;
    return batch;
  }

  async #pause(durationMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const cancel = this.#clock.schedule(durationMs, () => {
      resolve(undefined);
    });
    this.#wake = () => {
      cancel();
      resolve(undefined);
    };
    await promise;
    this.#wake = () => undefined;
  }

  async #commit(appends: readonly Append[]): Promise<AppendOutcome[]> {
    try {
      return await this.#log.append(appends);
    } catch (error) {
      const wireError = toWireError(error);
      return appends.map(() => ({ ok: false, error: wireError }));
    }
  }
}

function tell({ batch, outcomes }: Answered): void {
  batch.forEach(({ settle }, position) => {
    settle(outcomes[position] ?? missingOutcome);
  });
}

/** Grows with the rate, until it would be seen. */
function paceMs(pushesPerSecond: number): number {
  return Math.min(Math.max(pushesPerSecond - freeRate, 0) * paceMsPerRate, longestPauseMs);
}

/** Made once: in an overload an error object for each refusal would cost more than the refusal. */
const tooMany: AppendOutcome = {
  ok: false,
  error: { code: 'busy', message: 'Too many edits are waiting.', retryAfterMs: busyRetryAfterMs },
};
const missingOutcome: AppendOutcome = { ok: false, error: toWireError(null) };
