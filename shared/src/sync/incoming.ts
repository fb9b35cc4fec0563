import type { GuardReason, ListDocument } from '../document/index.ts';
import type { Clock, HeadMessage, ListId, PullResult, PushResult, UpdateMessage } from '../protocol/index.ts';
import { coalesce } from './coalesce.ts';
import { LogCursor } from './log-cursor.ts';
import type { Storage } from './storage.ts';

/** An overtaken update arrives within this time or is asked for. */
const holePatienceMs = 500;
/** Updates kept that came before what they build on. Beyond it they are asked for again. */
const maxEarly = 64;
/** Updates kept that the phone's storage refused. Beyond it, the copy is left behind: the next start asks for them again. */
const maxUnstored = 1_000;

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
  /** What came before something it builds on. Edits of other tabs have no number. */
  #early: { seq: number | null; update: Uint8Array }[] = [];
  readonly #rejected = new Map<GuardReason, number>();
  /** Applied here, not yet stored. */
  #unstored: readonly Uint8Array[] = [];
  #isCopyLagging = false;
  readonly #flush: () => Promise<void>;
  #cancelPatience: () => void = () => undefined;

  constructor(parts: IncomingParts, cursor: number) {
    this.#parts = parts;
    this.#cursor = new LogCursor(cursor);
    this.#flush = coalesce(() => this.#storeAll());
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

  /** The answer to a pull from the current cursor, in the current epoch. */
  async takePull(result: PullResult): Promise<void> {
    for (const update of result.updates) {
      const applied = this.#parts.document().apply(update, 'remote');
      if (!applied.applied) this.#reject(applied.reason);
    }
    this.#cursor.advance(result.head);
    this.#applyEarly();
    if (result.updates.length > 0) await this.#store(result.updates);
  }

  /** Starts over: a new epoch, or a store that was restored from a backup. */
  reset(position: number): void {
    this.#cursor.reset(position);
    this.#early = [];
    this.#unstored = [];
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
    void this.#store(applied.applied && !isStored ? [update] : []);
    if (applied.applied) this.#applyEarly();
    this.#watchHole();
  }

  #keepEarly(seq: number | null, update: Uint8Array): void {
    if (this.#early.length < maxEarly) this.#early.push({ seq, update });
    // An edit of a tab comes only once, so without room for it the log must be read again from where this document certainly has all.
    else if (seq === null) this.#cursor.reset(0);
    this.#watchHole();
  }

  /** Tries again what came early, as long as that brings something new. */
  #applyEarly(): void {
    for (let isProgress = true; isProgress;) {
      const waiting = this.#early;
      this.#early = waiting.filter(({ seq, update }) => !this.#takeEarly(seq, update));
      isProgress = this.#early.length > 0 && this.#early.length < waiting.length;
    }
  }

  #takeEarly(seq: number | null, update: Uint8Array): boolean {
    if (seq !== null && this.#cursor.has(seq)) return true;
    if (!this.#parts.document().apply(update, 'remote').applied) return false;
    if (seq !== null) {
      this.#cursor.note(seq);
      void this.#store([update]);
    }
    return true;
  }

  #watchHole(): void {
    this.#cancelPatience();
    if (!this.#cursor.hasHole && this.#early.length === 0) return;
    this.#cancelPatience = this.#parts.clock.schedule(holePatienceMs, this.#parts.onMissing);
  }

  #reject(reason: GuardReason): void {
    this.#rejected.set(reason, (this.#rejected.get(reason) ?? 0) + 1);
  }

  #store(updates: readonly Uint8Array[]): Promise<void> {
    this.#unstored = [...this.#unstored, ...updates];
    return this.#flush();
  }

  /** What the phone did not take is offered again with what comes next: the stored cursor never passes an update that is not stored. */
  async #storeAll(): Promise<void> {
    const { list, storage, document } = this.#parts;
    const updates = this.#unstored;
    this.#unstored = [];
    try {
      await storage.putRemote(list, document().epoch, updates, this.#isCopyLagging ? 0 : this.#cursor.position);
    } catch {
      this.#unstored = [...updates, ...this.#unstored];
      if (this.#unstored.length <= maxUnstored) return;
      this.#isCopyLagging = true;
      this.#unstored = [];
    }
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, position) => byte === b[position]);
}
