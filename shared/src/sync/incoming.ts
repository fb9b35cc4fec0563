import type { GuardReason, ListDocument } from '../document/index.ts';
import type { Clock, HeadMessage, ListId, LogId, PullResult, PushResult, UpdateMessage } from '../protocol/index.ts';
import { applyUpdates } from './apply-updates.ts';
import { EarlyUpdates, type EarlyUpdate } from './early-updates.ts';
import { LogCursor } from './log-cursor.ts';
import { RemoteWriter } from './remote-writer.ts';
import type { Storage } from './storage.ts';

/** An overtaken update arrives within this time or is asked for. */
const holePatienceMs = 500;

interface IncomingParts {
  list: ListId;
  storage: Storage;
  clock: Clock;
  document: () => ListDocument;
  /** Asks for a pull: something is missing. */
  onMissing: () => void;
  /** An update that the store does not have yet: this phone will push it too, so that it survives the one who made it. */
  onUnnumbered: (update: Uint8Array) => void;
}

/** The way of other people's edits: into the document, onto the phone, and the cursor after them. */
export class Incoming {
  readonly #parts: IncomingParts;
  readonly #cursor: LogCursor;
  #log: LogId | null;
  readonly #early = new EarlyUpdates();
  readonly #writer: RemoteWriter;
  readonly #rejected = new Map<GuardReason, number>();
  #cancelPatience: () => void = () => undefined;

  /** `start.log` is null before the server was first heard. */
  constructor(parts: IncomingParts, start: { log: LogId | null; cursor: number }) {
    this.#parts = parts;
    this.#cursor = new LogCursor(start.cursor);
    this.#log = start.log;
    this.#writer = new RemoteWriter({
      ...parts,
      place: () => this.#log && { log: this.#log, epoch: parts.document().epoch, cursor: this.#cursor.position },
    });
  }

  /** The log that the cursor is a number of. */
  get log(): LogId | null {
    return this.#log;
  }

  /** Whether everything that the document has of the log is on the phone. */
  get isStored(): boolean {
    return this.#writer.isUpToDate;
  }

  get cursor(): number {
    return this.#cursor.position;
  }

  /** How many updates the guard kept out, by reason. */
  get rejected(): ReadonlyMap<GuardReason, number> {
    return this.#rejected;
  }

  /** A broadcast. Order and repetition do not matter. */
  receive(message: UpdateMessage): void {
    const document = this.#parts.document();
    if (message.epoch !== document.epoch) {
      if (message.epoch > document.epoch) this.#parts.onMissing();
      return;
    }
    if (message.seq === null) this.#receiveUnnumbered(message.update);
    else this.#receiveNumbered(message.seq, message.update);
  }

  /** An edit of another tab. It may build on something that has reached that tab but not yet this one. */
  receiveFromTab(update: Uint8Array): void {
    const applied = this.#parts.document().apply(update, 'tab');
    if (applied.applied) this.#applyEarly();
    else if (applied.reason === 'gap') this.#keepEarly(null, update);
    else this.#reject(applied.reason);
  }

  /** The log has grown to here. */
  receiveHead(message: HeadMessage): void {
    if (message.epoch > this.#parts.document().epoch || message.seq > this.#cursor.position) this.#parts.onMissing();
  }

  /**
   * An own push was confirmed under this number. Its edits are in the outbox, but not always in this document: another tab may have stored
   * them, and have died before it could show them. So they are applied like anybody's, and the cursor never passes what is not here.
   */
  noteOwn(result: PushResult, update: Uint8Array, isStored: boolean): void {
    if (result.epoch === this.#parts.document().epoch) this.#receiveNumbered(result.seq, update, isStored);
    else this.#parts.onMissing();
  }

  /** The answer to a pull from the current cursor, in the current epoch. Resolves when the phone has stored it, or has refused to. */
  async takePull(result: PullResult): Promise<void> {
    for (const reason of applyUpdates(this.#parts.document(), result.updates, 'remote')) this.#reject(reason);
    this.#cursor.advance(result.head);
    this.#applyEarly();
    if (result.updates.length > 0) await this.#writer.put(result.updates);
  }

  /** What the phone has stored of this epoch. What had come too early finds there what it builds on. */
  takeStored(updates: readonly Uint8Array[]): void {
    applyUpdates(this.#parts.document(), updates, 'storage');
    this.#applyEarly();
  }

  /** From now on the numbers are those of this log, of which the document has everything up to `position`. */
  enterLog(log: LogId, position: number): void {
    this.#log = log;
    this.#cursor.reset(position);
    this.#early.clear();
  }

  /** As `enterLog`, in another epoch: nothing of the one before is of use. */
  enterEpoch(log: LogId, position: number): void {
    this.enterLog(log, position);
    this.#writer.clear();
  }

  dispose(): void {
    this.#cancelPatience();
  }

  /** What brings nothing new is in a log or an outbox already. Put into another, it would go round between the phones for ever. */
  #receiveUnnumbered(update: Uint8Array): void {
    const document = this.#parts.document();
    const before = document.encode();
    const applied = document.apply(update, 'remote');
    if (!applied.applied) {
      if (applied.reason !== 'gap') this.#reject(applied.reason);
      return;
    }
    this.#applyEarly();
    if (!isSame(before, document.encode())) this.#parts.onUnnumbered(update);
  }

  #receiveNumbered(seq: number, update: Uint8Array, isStored = false): void {
    if (this.#cursor.has(seq)) return;
    const applied = this.#parts.document().apply(update, 'remote');
    const isNext = seq === this.#cursor.position + 1;
    if (!applied.applied && applied.reason === 'gap' && !isNext) {
      this.#keepEarly(seq, update);
      return;
    }
    if (!applied.applied) this.#reject(applied.reason);
    this.#cursor.note(seq);
    void this.#writer.put(applied.applied && !isStored ? [update] : []);
    if (applied.applied) this.#applyEarly();
    this.#watchHole();
  }

  #keepEarly(seq: number | null, update: Uint8Array): void {
    const isKept = this.#early.keep({ seq, update });
    // An edit of a tab comes only once, so without room for it the log must be read again from where this document certainly has all.
    if (!isKept && seq === null) this.#cursor.reset(0);
    this.#watchHole();
  }

  #applyEarly(): void {
    this.#early.retry((early) => this.#takeEarly(early));
  }

  #takeEarly({ seq, update }: EarlyUpdate): boolean {
    if (seq !== null && this.#cursor.has(seq)) return true;
    if (!this.#parts.document().apply(update, 'remote').applied) return false;
    if (seq !== null) {
      this.#cursor.note(seq);
      void this.#writer.put([update]);
    }
    return true;
  }

  #watchHole(): void {
    this.#cancelPatience();
    if (!this.#cursor.hasHole && this.#early.isEmpty) return;
    this.#cancelPatience = this.#parts.clock.schedule(holePatienceMs, this.#parts.onMissing);
  }

  #reject(reason: GuardReason): void {
    this.#rejected.set(reason, (this.#rejected.get(reason) ?? 0) + 1);
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, position) => byte === b[position]);
}
