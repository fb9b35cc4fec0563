import type { Clock, Head, PullResult, UpdateMessage } from '@trolley/shared/protocol';
import { LogCursor } from '@trolley/shared/log-cursor';

/** Acknowledgements and broadcasts overtake each other: a number that is missing for longer has been lost. */
const holePatienceMs = 500;

interface FollowerParts {
  clock: Clock;
  /** What the log has after a number. */
  pullAfter: (epoch: number, cursor: number) => Promise<PullResult>;
  /** Tells the client of an edit of somebody else. */
  tell: (update: Uint8Array) => void;
  onOtherEpoch: () => void;
  onFailure: (error: unknown) => void;
}

/** Follows a list's log from where a pull has ended, so that the client misses nothing of it. */
export class LogFollower {
  readonly #parts: FollowerParts;
  readonly #cursor = new LogCursor(0);
  /** The epoch that is followed; null before the first pull. */
  #epoch: number | null = null;
  /** The latest that was told of, perhaps before there was a place to follow from. */
  #toldSeq = 0;
  #isPulling = false;
  #isStale = false;
  #cancelPatience: (() => void) | null = null;

  constructor(parts: FollowerParts) {
    this.#parts = parts;
  }

  get epoch(): number {
    return this.#epoch ?? 0;
  }

  /** Up to which number the client has everything. */
  get position(): number {
    return this.#cursor.position;
  }

  /** The client has, or will get by another way, all up to this head. */
  start({ epoch, seq }: Head): void {
    this.#epoch = epoch;
    this.#cursor.advance(seq);
    if (this.#toldSeq > this.#cursor.position) this.#catchUp();
  }

  /** An edit was told of. One that has no number yet is told of again when it has. */
  takeUpdate({ epoch, seq, update }: UpdateMessage): void {
    if (seq === null || !this.#isInStep({ epoch, seq }) || this.#cursor.has(seq)) return;
    this.#parts.tell(update);
    this.#note(seq);
  }

  takeHead(head: Head): void {
    if (this.#isInStep(head) && head.seq > this.#cursor.position) this.#catchUp();
  }

  /** The client's own edit got this number. */
  noteOwn(head: Head): void {
    if (this.#isInStep(head)) this.#note(head.seq);
  }

  dispose(): void {
    this.#cancelPatience?.();
    this.#cancelPatience = null;
  }

  #isInStep({ epoch, seq }: Head): boolean {
    this.#toldSeq = Math.max(this.#toldSeq, seq);
    if (this.#epoch === null || epoch < this.#epoch) return false;
    if (epoch > this.#epoch) this.#parts.onOtherEpoch();
    return epoch === this.#epoch;
  }

  #note(seq: number): void {
    this.#cursor.note(seq);
    if (!this.#cursor.hasHole) this.dispose();
    else this.#cancelPatience ??= this.#parts.clock.schedule(holePatienceMs, this.#onHole);
  }

  readonly #onHole = () => {
    this.#cancelPatience = null;
    this.#catchUp();
  };

  #catchUp(): void {
    this.#isStale = true;
    if (this.#isPulling) return;
    this.#isPulling = true;
    this.#pullWhileStale().then(
      () => {
        this.#isPulling = false;
      },
      (error: unknown) => {
        this.#parts.onFailure(error);
      },
    );
  }

  async #pullWhileStale(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      const { epoch, head, updates } = await this.#parts.pullAfter(this.epoch, this.#cursor.position);
      if (!this.#isInStep({ epoch, seq: head })) return;
      for (const update of updates) this.#parts.tell(update);
      this.#cursor.advance(head);
    }
  }
}
