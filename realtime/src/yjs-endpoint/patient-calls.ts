import { backoffMs } from '@trolley/shared/backoff';
import {
  errorTable,
  TrolleyError,
  type Answer,
  type Clock,
  type PullRequest,
  type PullResult,
  type PushRequest,
  type PushResult,
  type RandomBytes,
  type WireError,
} from '@trolley/shared/protocol';
import type { Transport } from '@trolley/shared/transport';

const answerTimeoutMs = 10_000;
/** A client that is told to come again after this time has lost nothing: it has what it has edited. */
const patienceMs = 30_000;

interface CallParts {
  transport: Pick<Transport, 'pull' | 'push'>;
  clock: Clock;
  randomBytes: RandomBytes;
}

/** Calls to the relay that are made again when that can help. Repeats are harmless (P10). */
export class PatientCalls {
  readonly #parts: CallParts;
  #isOver = false;
  readonly #pauses = new Set<() => void>();

  constructor(parts: CallParts) {
    this.#parts = parts;
  }

  /** Rejects with a `TrolleyError` that no other try would have changed, or after a while with one that it might have. */
  pull(request: PullRequest): Promise<PullResult> {
    return this.#persist(() => this.#parts.transport.pull(request, answerTimeoutMs));
  }

  /** As `pull`. */
  push(request: PushRequest): Promise<PushResult> {
    return this.#persist(() => this.#parts.transport.push(request, answerTimeoutMs));
  }

  /** Whatever waits for another try is rejected. */
  dispose(): void {
    this.#isOver = true;
    for (const wake of [...this.#pauses]) wake();
  }

  async #persist<T>(call: () => Promise<Answer<T>>): Promise<T> {
    const { clock, randomBytes } = this.#parts;
    const giveUpAtMs = clock.nowMs() + patienceMs;
    for (let attempt = 0; ; attempt += 1) {
      const answer = await call().catch(() => noAnswer);
      if (answer.ok) return answer.value;
      const { code, message, retryAfterMs = 0 } = answer.error;
      const delayMs = Math.max(retryAfterMs, backoffMs(attempt, (randomBytes(1)[0] ?? 0) / 256));
      const isHopeless = !errorTable[code].isRetryable || clock.nowMs() + delayMs > giveUpAtMs;
      if (!isHopeless && !this.#isOver) await this.#pause(delayMs);
      if (isHopeless || this.#isOver) throw new TrolleyError(code, message);
    }
  }

  async #pause(delayMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const wake = () => {
      resolve(undefined);
    };
    this.#pauses.add(wake);
    const cancel = this.#parts.clock.schedule(delayMs, wake);
    await promise;
    cancel();
    this.#pauses.delete(wake);
  }
}

const noAnswer: { ok: false; error: WireError } = {
  ok: false,
  error: { code: 'unavailable', message: 'The relay did not answer.' },
};
