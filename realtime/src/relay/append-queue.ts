import { toWireError, TrolleyError, type Append, type AppendOutcome, type LogService } from '@trolley/shared/protocol';

const maxBatch = 500;
const maxQueued = 5_000;
const maxQueuedBytes = 32 * 1024 * 1024;
const busyRetryAfterMs = 1_000;

interface Waiting {
  append: Append;
  settle: (outcome: AppendOutcome) => void;
}

/**
 * Collects pushes of all sockets into batches. A batch leaves when the previous one has returned, without a timer: whoever is alone does not
 * wait, and under load the batches grow by themselves (group commit; DeWitt et al., "Implementation techniques for main memory database
 * systems", 1984).
 */
export class AppendQueue {
  readonly #log: LogService;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #isDraining = false;

  constructor(log: LogService) {
    this.#log = log;
  }

  /** Resolves when the append is on disk or refused; never rejects. Outcomes of one list settle in the order of their numbers. */
  append(append: Append): Promise<AppendOutcome> {
    if (this.#waiting.length >= maxQueued || this.#waitingBytes + append.update.byteLength > maxQueuedBytes) {
      const busy = new TrolleyError('busy', 'Too many edits are waiting.', { retryAfterMs: busyRetryAfterMs });
      return Promise.resolve({ ok: false, error: busy.toWire() });
    }
    const { promise, resolve } = Promise.withResolvers<AppendOutcome>();
    this.#waiting.push({ append, settle: resolve });
    this.#waitingBytes += append.update.byteLength;
    if (!this.#isDraining) void this.#drain();
    return promise;
  }

  async #drain(): Promise<void> {
    this.#isDraining = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, maxBatch);
      this.#waiting = this.#waiting.slice(maxBatch);
      for (const { append } of batch) this.#waitingBytes -= append.update.byteLength;
      const outcomes = await this.#commit(batch.map(({ append }) => append));
      batch.forEach(({ settle }, position) => {
        settle(outcomes[position] ?? missingOutcome);
      });
    }
    this.#isDraining = false;
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

const missingOutcome: AppendOutcome = { ok: false, error: toWireError(null) };
