import { TrolleyError, type Clock, type ListId, type RandomBytes } from '../protocol/index.ts';
import type { Account } from './account.ts';
import { beginList, type ListBeginning } from './begin-list.ts';
import { ClosedLists } from './closed-lists.ts';
import { Connection } from './connection.ts';
import { Listeners } from '../runtime/listeners.ts';
import type { LoadRecovery } from './load-recovery.ts';
import type { Locks } from './locks.ts';
import { OpenList } from './open-list.ts';
import type { Storage, StoredCopy, StoredList, UnstoredEdits } from './storage.ts';
import type { TabChannel, TabMessage } from './tab-channel.ts';
import type { Transport } from './transport.ts';

export interface SyncClientParts {
  transport: Transport;
  storage: Storage;
  account: Account;
  tabs: TabChannel;
  locks: Locks;
  loadRecovery: LoadRecovery;
  /** Resolves when the frame under way is on the screen, at once when there is none: then an edit begins to be stored. Without it, at once. */
  afterPaint?: () => Promise<void>;
  /** Kept up to date for whoever sees the tab go: what is in it then would be lost. */
  unstored?: UnstoredEdits;
  clock: Clock;
  randomBytes: RandomBytes;
}

/** Whether there is a connection: `online` also while the first try is under way. */
export type SyncStatus = 'online' | 'offline';

/** All lists of one browser tab: opens them, begins new ones, and sees that edits of closed ones reach the server too. */
export class SyncClient {
  readonly #parts: SyncClientParts;
  readonly #connection: Connection;
  readonly #closed: ClosedLists;
  readonly #open = new Map<ListId, Promise<OpenList>>();
  /** Those of `#open` that have come about. */
  readonly #opened = new Map<ListId, OpenList>();
  readonly #listChanges = new Listeners<void>();
  readonly #statusChanges = new Listeners<SyncStatus>();
  readonly #outdated = new Listeners<void>();
  readonly #stops: (() => void)[];

  constructor(parts: SyncClientParts) {
    this.#parts = parts;
    this.#connection = new Connection(parts);
    this.#closed = new ClosedLists({
      ...parts,
      connection: this.#connection,
      isOpen: (list) => this.#open.has(list),
      onChange: () => {
        this.#listChanges.emit();
      },
    });
    this.#stops = [
      this.#connection.onChange((state) => {
        if (state === 'connected') void this.#closed.sync();
        this.#statusChanges.emit(this.status);
      }),
      parts.transport.listen((event) => {
        if (event.kind === 'close' && event.reason === 'outdated') this.#outdated.emit();
      }),
      parts.tabs.listen((message) => {
        this.#connectIfSignedIn();
        if (message.kind === 'lists-changed') this.#listChanges.emit();
      }),
    ];
  }

  get status(): SyncStatus {
    return this.#connection.isOffline ? 'offline' : 'online';
  }

  /** Now, as the server's clock tells it: for the stamps of commands. */
  get nowMs(): number {
    return this.#connection.serverNowMs;
  }

  /** Returns how to stop. */
  onStatus(callback: (status: SyncStatus) => void): () => void {
    return this.#statusChanges.add(callback);
  }

  /** Called when the lists on this phone may have changed. Returns how to stop. */
  onLists(callback: () => void): () => void {
    return this.#listChanges.add(callback);
  }

  /** Called when the server speaks another version of the protocol: the app must be loaded anew. Returns how to stop. */
  onOutdated(callback: () => void): () => void {
    return this.#outdated.add(callback);
  }

  /** Connects if there is a reason: a session, or something that waits. A first visit alone is none. */
  async start(): Promise<void> {
    this.#connectIfSignedIn();
    const waiting = await this.#parts.storage.waitingLists().catch(() => []);
    if (waiting.length > 0) this.#connection.want();
  }

  /** The person or the network is back: checks a connection that looks alive, retries at once when there is none. */
  wake(): void {
    this.#connectIfSignedIn();
    if (!this.#connection.isConnected) {
      this.#connection.wake();
      return;
    }
    void this.#closed.push();
    for (const opening of this.#open.values()) void opening.then((list) => list.sync()).catch(() => undefined);
  }

  /** The browser says that there is no network. */
  loseNetwork(): void {
    this.#connection.loseNetwork();
  }

  /** Connects now, for example after somebody has signed in. */
  connect(): void {
    this.#connection.want();
  }

  /** The session behind the connection has changed: ends it, and begins a new one if there is a reason for one. */
  reconnect(): void {
    this.#connection.stop();
    void this.start();
  }

  /** The lists on this phone, without the network. */
  lists(): Promise<StoredList[]> {
    return this.#parts.storage.lists();
  }

  /** Begins a list. It is on this phone when this resolves; the server hears of it when it can. */
  async create(title: string, beginning: ListBeginning = {}): Promise<ListId> {
    const { account, tabs } = this.#parts;
    const author = { memberId: account.memberId, nowMs: this.nowMs };
    const list = await beginList(this.#parts, title, author, beginning);
    tabs.post({ kind: 'lists-changed' });
    this.#listChanges.emit();
    this.#connection.want();
    if (this.#connection.isConnected) void this.#closed.push();
    return list;
  }

  /**
   * Opens a list from this phone, at once and without the network. One that this phone has never seen is fetched: rejects with `not-found`
   * when the server does not know it or this person is no member, with `unavailable` when the server cannot be reached.
   */
  open(list: ListId): Promise<OpenList> {
    const known = this.#open.get(list);
    if (known !== undefined) return known;
    const opening = this.#load(list);
    this.#open.set(list, opening);
    opening.then(
      (open) => this.#open.get(list) === opening && this.#opened.set(list, open),
      () => this.#open.get(list) === opening && this.#open.delete(list),
    );
    return opening;
  }

  /** Closes a list that was opened here. One whose edits live in this tab alone stays open, unseen. */
  async close(list: ListId): Promise<void> {
    if (this.#opened.get(list)?.isHeldInMemory === true) return;
    await this.#close(list);
    if (this.#connection.isConnected) void this.#closed.push();
  }

  /** Takes a list off this phone. Membership on the server is another matter. */
  async forget(list: ListId): Promise<void> {
    await this.#close(list);
    await this.#parts.storage.remove(list);
    this.#parts.tabs.post({ kind: 'lists-changed' });
    this.#listChanges.emit();
  }

  async dispose(): Promise<void> {
    const closing = [...this.#open.keys()].map((list) => this.#close(list));
    for (const stop of this.#stops) stop();
    this.#closed.dispose();
    this.#connection.dispose();
    this.#listChanges.clear();
    this.#statusChanges.clear();
    this.#outdated.clear();
    await Promise.all(closing);
  }

  #connectIfSignedIn(): void {
    if (this.#parts.account.hasSession) this.#connection.want();
  }

  async #close(list: ListId): Promise<void> {
    const opening = this.#open.get(list);
    this.#open.delete(list);
    this.#opened.delete(list);
    if (opening !== undefined) await opening.then((open) => open.close()).catch(() => undefined);
  }

  async #load(list: ListId): Promise<OpenList> {
    const { storage, clock, tabs } = this.#parts;
    this.#connectIfSignedIn();
    const missed: TabMessage[] = [];
    const stopListening = tabs.listen((message) => missed.push(message));
    try {
      const copy = (await storage.load(list)) ?? (await this.#fetch(list));
      await storage.changeList(list, { openedAtMs: clock.nowMs() }).catch(() => undefined);
      return new OpenList({ ...this.#parts, list, connection: this.#connection }, copy, missed);
    } finally {
      stopListening();
    }
  }

  async #fetch(list: ListId): Promise<StoredCopy> {
    // While the code is loaded the connection comes about.
    this.#connection.want();
    const recovery = await this.#parts.loadRecovery().catch(() => null);
    if (recovery === null) throw new TrolleyError('unavailable', 'no answer');
    return recovery.fetchUnseen({ ...this.#parts, connection: this.#connection, list });
  }
}
