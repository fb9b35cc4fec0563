import { mayEdit, type ListId, type PushResult, type Role } from '../protocol/index.ts';
import { coalesce } from './coalesce.ts';
import type { Locks } from './locks.ts';
import { pushOutbox, pushUpdate, type PushOutcome } from './push-outbox.ts';
import type { OutboxEdit, OutboxEntry, Storage, UnstoredEdits } from './storage.ts';
import type { TabChannel } from './tab-channel.ts';
import type { Transport } from './transport.ts';

interface OutgoingParts {
  list: ListId;
  storage: Storage;
  transport: Transport;
  tabs: TabChannel;
  locks: Locks;
  /** Resolves when what is about to be painted has been; absent where nothing is painted. */
  afterPaint?: () => Promise<void>;
  /** As `SyncClientParts.unstored`. */
  unstored?: UnstoredEdits;
  /** Whether pushing makes sense now. */
  isConnected: () => boolean;
  role: () => Role | null;
  /** Whether each edit is to be sent by itself. */
  isOneByOne: () => boolean;
  /** The log has this update under this number; `isStored` says whether this phone has stored it too. */
  onPushed: (result: PushResult, update: Uint8Array, isStored: boolean) => void;
  /** The log has what these entries of the outbox came to, in an epoch that is not theirs: they leave the outbox when this phone has it too. */
  onCarried: (keys: readonly number[]) => void;
  isCarried: (key: number) => boolean;
  /** As in `pushOutbox`. */
  isOutdated: (entry: OutboxEntry) => boolean;
  /** As in `pushOutbox`. */
  giveBase: (epoch: number) => Promise<boolean>;
  /** Called at the end of each push, whoever began it: what is to be done about what still waits. */
  onEnded: (outcome: PushOutcome) => void;
  onWaitingChange: () => void;
}

/** The way of own edits: phone first, then the other tabs, then the server. */
export class Outgoing {
  readonly #parts: OutgoingParts;
  /** Edits on their way to the phone's storage, oldest first. If it refuses them they live as long as this tab, and are pushed from here. */
  #unstored: readonly OutboxEdit[] = [];
  #stored: number;
  #writes = 0;
  #isRefused = false;
  readonly #recount: () => Promise<void>;
  readonly #store: () => Promise<void>;

  constructor(parts: OutgoingParts, stored: number) {
    this.#parts = parts;
    this.#stored = stored;
    this.#recount = coalesce(() => this.#countStored());
    this.#store = coalesce(() => this.#storeAll());
    this.push = coalesce(async () => {
      const outcome = await this.#push();
      this.#parts.onEnded(outcome);
      return outcome;
    });
  }

  /** Edits not yet confirmed by the server. May be one too many for a moment, never one too few. */
  get waiting(): number {
    return this.#stored + this.#unstored.length;
  }

  /** True while an edit lives in this tab alone, because the phone refuses to store it. */
  get isHeldInMemory(): boolean {
    return this.#isRefused && this.#unstored.length > 0;
  }

  /** Pushes all that waits, if that makes sense now. Resolves when it is done or cannot go on; never rejects. */
  readonly push: () => Promise<PushOutcome>;

  /**
   * Stores an edit, shows it to the other tabs, and pushes. The write begins when the frame that shows the edit is on the screen: beginning
   * it takes a slow phone longer than the whole edit does.
   */
  async add(edit: OutboxEdit): Promise<void> {
    const { afterPaint, list, tabs, unstored } = this.#parts;
    this.#unstored = [...this.#unstored, edit];
    unstored?.set(edit, list);
    this.#parts.onWaitingChange();
    if (afterPaint !== undefined) await afterPaint();
    await this.#store();
    tabs.post({ kind: 'edited', list, epoch: edit.epoch, update: edit.update });
    this.#parts.onWaitingChange();
    if (this.#parts.isConnected()) await this.push();
  }

  /** Stores what is not stored yet, without waiting for a frame. Resolves when it is done or the phone refuses; never rejects. */
  flush(): Promise<void> {
    return this.#store();
  }

  /** Another tab may have stored or confirmed something. */
  async refresh(): Promise<void> {
    await this.#recount().catch(() => undefined);
    this.#parts.onWaitingChange();
  }

  /** In order, so that what is stored is always older than what is not: that is the order in which the log must have it. */
  async #storeAll(): Promise<void> {
    const { list, storage } = this.#parts;
    for (let next = this.#unstored[0]; next !== undefined; next = this.#unstored[0]) {
      try {
        await storage.putOutbox(list, next);
      } catch {
        this.#isRefused = true;
        return;
      }
      this.#isRefused = false;
      this.#writes += 1;
      this.#stored += 1;
      this.#forget(next);
    }
    await this.#recount().catch(() => undefined);
  }

  /** A count from before the last write would be one too few. */
  async #countStored(): Promise<void> {
    for (let writes = -1; writes !== this.#writes;) {
      writes = this.#writes;
      const count = await this.#parts.storage.countOutbox(this.#parts.list);
      if (writes === this.#writes) this.#stored = count;
    }
  }

  async #push(): Promise<PushOutcome> {
    const { isConnected, list, locks, role, tabs } = this.#parts;
    if (this.waiting === 0 || !mayEdit(role()) || !isConnected()) return empty;
    await this.#store();
    const outcome = await locks.run(`trolley:push:${list}`, () => this.#pushLocked()).catch(failed);
    tabs.post({ kind: 'outbox-changed', list });
    await this.refresh();
    return outcome;
  }

  async #pushLocked(): Promise<PushOutcome> {
    // A storage that cannot even be read, and was never written, keeps nobody from pushing what is in memory.
    const unread = () => (this.#stored === 0 ? empty : failed());
    const onPushed = (result: PushResult, update: Uint8Array) => {
      this.#parts.onPushed(result, update, true);
    };
    const isOneByOne = this.#parts.isOneByOne();
    const outcome = await pushOutbox({ ...this.#parts, isOneByOne, onPushed }).catch(unread);
    return outcome.kind === 'empty' ? this.#pushUnstored() : outcome;
  }

  async #pushUnstored(): Promise<PushOutcome> {
    for (let next = this.#unstored[0]; next !== undefined; next = this.#unstored[0]) {
      const verdict = await pushUpdate(this.#parts, next.epoch, next.update);
      if (verdict.kind !== 'pushed') return verdict;
      if (verdict.result.epoch === next.epoch) this.#parts.onPushed(verdict.result, next.update, false);
      else this.#parts.onCarried([]);
      this.#forget(next);
    }
    return empty;
  }

  #forget(edit: OutboxEdit): void {
    this.#unstored = this.#unstored.filter((other) => other !== edit);
    this.#parts.unstored?.delete(edit);
  }
}

const empty: PushOutcome = { kind: 'empty' };

/** The browser refused its storage or its locks: try again later. */
const failed = (): PushOutcome => ({ kind: 'retry', afterMs: undefined });
