import { encodeMissingMessage, encodeStateMessage, encodeUpdateMessage, PulledDocument } from '@trolley/shared/foreign';
import {
  limits,
  TrolleyError,
  type Clock,
  type HeadMessage,
  type ListId,
  type PushResult,
  type UpdateMessage,
} from '@trolley/shared/protocol';
import type { RateTable } from '../relay/rate-table.ts';
import { EditQueue } from './edit-queue.ts';
import { LogFollower } from './log-follower.ts';
import type { PatientCalls } from './patient-calls.ts';

interface DocumentParts {
  list: ListId;
  calls: PatientCalls;
  clock: Clock;
  /** How often the document of a list may be compared with that of a client: it takes long. */
  comparisons: RateTable<ListId>;
  /** Any number, until the client has said by which id it speaks. */
  clientId: number;
  /** Sends a frame to the client. */
  send: (frame: Uint8Array) => void;
  /** The client has its seat in the room. */
  onSeated: () => void;
  onFullnessChange: (isFull: boolean) => void;
  /** The list has gone on to another epoch, or the client has a document of another. What it had edited before is in the log. */
  onOtherEpoch: () => void;
  onFailure: (error: unknown) => void;
}

const emptyDocument = new PulledDocument([], 0);

/**
 * A client's document and the log of its list. Nothing is pushed before the client has said what it has and was asked for what the log lacks: an
 * edit must not get into the log before what it builds on. What the client edits meanwhile is in its answer.
 */
export class ForeignDocument {
  readonly #parts: DocumentParts;
  readonly #edits: EditQueue;
  readonly #follower: LogFollower;
  #clientId: number;
  /** The latest state vector that waits to be answered. */
  #asking: Uint8Array | null = null;
  #isComparing = false;
  /** What the log is known to have of what the client may send; null until the client was asked for the rest. */
  #known: PulledDocument | null = null;
  #hasAnswered = false;

  constructor(parts: DocumentParts) {
    const { calls, clock, list, onFailure, onFullnessChange, send } = parts;
    this.#parts = parts;
    this.#clientId = parts.clientId;
    this.#edits = new EditQueue({
      push: (update) => this.#push(update),
      onPushed: (head) => {
        this.#follower.noteOwn(head);
      },
      onFailure,
      onFullnessChange,
    });
    this.#follower = new LogFollower({
      clock,
      pullAfter: (epoch, cursor) => calls.pull({ list, epoch, cursor }),
      tell: (update) => {
        send(encodeUpdateMessage(update));
      },
      onOtherEpoch: () => void this.#leave(),
      onFailure,
    });
  }

  /** Whether the client has said what it has. */
  get hasBegun(): boolean {
    return this.#isComparing || this.#known !== null;
  }

  /** The client wants what it lacks. Of several such wishes that wait, the last one includes the others. */
  compare(stateVector: Uint8Array): void {
    this.#asking = stateVector;
    if (this.#isComparing) return;
    this.#isComparing = true;
    this.#compareWhileAsked().catch(this.#parts.onFailure);
  }

  /** The client has this: as the answer to what it was asked, or as an edit. Throws a `TrolleyError` when it may not be pushed. */
  takeEdit(kind: 'missing' | 'update', update: Uint8Array): void {
    if (this.#known === null || (kind === 'update' && !this.#hasAnswered)) return;
    this.#hasAnswered = true;
    // y-websocket answers with all that was ever deleted, each time that it connects.
    const isNews = this.#known.isNews(update);
    this.#known = emptyDocument;
    if (isNews) this.#edits.offer(update);
  }

  /** The client speaks by this id, and gets its seat by it. */
  speakAs(clientId: number): void {
    this.#clientId = clientId;
    if (this.#known !== null) this.#takeSeat().catch(this.#parts.onFailure);
  }

  takeUpdate(message: UpdateMessage): void {
    this.#follower.takeUpdate(message);
  }

  takeHead(message: HeadMessage): void {
    this.#follower.takeHead(message);
  }

  /** Resolves when what the client has edited is in the log, or will not get there. */
  whenIdle(): Promise<void> {
    return this.#edits.whenIdle();
  }

  dispose(): void {
    this.#edits.dispose();
    this.#follower.dispose();
  }

  #push(update: Uint8Array): Promise<PushResult> {
    const isBulk = update.byteLength > limits.maxUpdateBytes;
    const { calls, list } = this.#parts;
    return calls.push({ list, epoch: this.#follower.epoch, update, ...(isBulk ? { isBulk } : {}) });
  }

  async #compareWhileAsked(): Promise<void> {
    while (this.#asking !== null) {
      const stateVector = this.#asking;
      this.#asking = null;
      await this.#compare(stateVector);
    }
    this.#isComparing = false;
  }

  async #compare(stateVector: Uint8Array): Promise<void> {
    const { calls, clock, comparisons, list, send } = this.#parts;
    const clientId = this.#clientId;
    const { epoch, head, updates } = await calls.pull({ list, epoch: 0, cursor: 0, clientId });
    const retryAfterMs = comparisons.take(list, 1, clock.nowMs());
    if (retryAfterMs > 0) throw new TrolleyError('rate-limited', 'Too many comparisons.', { retryAfterMs });
    const document = new PulledDocument(updates, epoch);
    const isSame = document.canBe(stateVector);
    if (isSame === null) throw new TrolleyError('bad-request', 'No state vector.');
    if (!isSame || (this.#known !== null && epoch !== this.#follower.epoch)) {
      await this.#leave();
      return;
    }
    send(encodeMissingMessage(document.encodeMissing(stateVector)));
    this.#follower.start({ epoch, seq: head });
    if (this.#known !== null) return;
    send(encodeStateMessage(document.encodeStateVector()));
    this.#known = document;
    if (clientId === this.#clientId) this.#parts.onSeated();
    else await this.#takeSeat();
  }

  /** A client may say by which id it speaks only after its first pull. */
  async #takeSeat(): Promise<void> {
    const { calls, list, onSeated } = this.#parts;
    const { epoch, position } = this.#follower;
    await calls.pull({ list, epoch, cursor: position, clientId: this.#clientId });
    onSeated();
  }

  /** What waits is of the epoch that is over, where the api carries it over from. */
  async #leave(): Promise<void> {
    await this.#edits.whenIdle();
    this.#parts.onOtherEpoch();
  }
}
