import { inspectUpdate, mergeUpdates } from '@trolley/shared/document';
import { limits, TrolleyError, type PushResult } from '@trolley/shared/protocol';

/** Above this the client is not read from until some of it is on disk. */
const maxWaiting = 500;
const maxWaitingBytes = limits.maxSnapshotBytes;

interface QueueParts {
  /** Resolves when an update is in the log. */
  push: (update: Uint8Array) => Promise<PushResult>;
  onPushed: (result: PushResult) => void;
  /** Nothing is pushed any more. */
  onFailure: (error: unknown) => void;
  onFullnessChange: (isFull: boolean) => void;
}

/** What a client has edited, on its way into the log: in order and one push at a time, so that nothing gets there before what it builds on. */
export class EditQueue {
  readonly #parts: QueueParts;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #isFull = false;
  #isOver = false;
  #draining: Promise<void> | null = null;

  constructor(parts: QueueParts) {
    this.#parts = parts;
  }

  /** Takes an update, which must fit the protocol. Throws `too-large` or `update-rejected` when it does not. */
  offer(update: Uint8Array): void {
    const inspection = inspectUpdate(update, limits.maxSnapshotBytes);
    if (!inspection.ok) {
      throw new TrolleyError(inspection.reason === 'too-large' ? 'too-large' : 'update-rejected', inspection.reason);
    }
    this.#waiting.push(update);
    this.#waitingBytes += update.byteLength;
    this.#tellFullness();
    this.#draining ??= this.#drain();
  }

  /** Resolves when nothing waits, or nothing can be pushed any more. */
  async whenIdle(): Promise<void> {
    await this.#draining;
  }

  dispose(): void {
    this.#isOver = true;
    this.#waiting = [];
  }

  async #drain(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const result = await this.#parts.push(this.#takeBatch());
        if (this.#isOver) break;
        this.#tellFullness();
        this.#parts.onPushed(result);
      }
    } catch (error) {
      this.dispose();
      this.#parts.onFailure(error);
    }
    this.#draining = null;
  }

  /** The oldest ones as one update, at least one: whoever writes faster than the log is still served. */
  #takeBatch(): Uint8Array {
    let byteLength = 0;
    const end = this.#waiting.slice(0, limits.maxMergedUpdates).findIndex((update) => {
      byteLength += update.byteLength;
      return byteLength > limits.maxUpdateBytes;
    });
    const count = Math.max(1, end === -1 ? Math.min(this.#waiting.length, limits.maxMergedUpdates) : end);
    const merged = count === 1 ? null : mergeUpdates(this.#waiting.slice(0, count));
    // What does not follow upon each other gives an update with a hole, which the guard refuses.
    if (merged !== null && inspectUpdate(merged, limits.maxUpdateBytes).ok) {
      this.#remove(count);
      return merged;
    }
    const [first = new Uint8Array()] = this.#remove(1);
    return first;
  }

  #remove(count: number): Uint8Array[] {
    const removed = this.#waiting.splice(0, count);
    for (const { byteLength } of removed) this.#waitingBytes -= byteLength;
    return removed;
  }

  #tellFullness(): void {
    const isFull = this.#waiting.length > maxWaiting || this.#waitingBytes > maxWaitingBytes;
    if (isFull === this.#isFull) return;
    this.#isFull = isFull;
    this.#parts.onFullnessChange(isFull);
  }
}
