import type { ListDocument, Presence } from '../document/index.ts';
import { mayEdit, type ListId, type LogId, type PullResult, type Role, type RosterEntry } from '../protocol/index.ts';
import { drawClientId } from './draw-client-id.ts';
import { Listeners } from '../runtime/listeners.ts';
import { ListSync } from './list-sync.ts';
import type { ListSyncHost, ListSyncParts } from './list-sync-parts.ts';
import { restoreDocument, type DocumentCopy } from './restore-document.ts';
import { Room } from './room.ts';
import type { StoredCopy } from './storage.ts';
import { SummaryKeeper } from './summary-keeper.ts';
import type { TabMessage } from './tab-channel.ts';
import type { TransportEvent } from './transport.ts';

/** Stored pieces above which a copy is compacted when it is opened. */
const maxPieces = 50;

/** What the chip says. `waiting` counts own edits that are not on the server's disk. */
export type ListSyncState =
  { kind: 'saved' } | { kind: 'saving'; waiting: number } | { kind: 'offline'; waiting: number };

/** What may have changed: the chip, who is here, what this person may do, or the whole document (a new epoch). */
export type OpenListEvent = 'state' | 'roster' | 'access' | 'document';

/** One list, open in one tab: its document, kept in step with the phone's storage, the other tabs and the server. */
export class OpenList {
  readonly list: ListId;
  readonly #parts: ListSyncParts;
  readonly #sync: ListSync;
  readonly #events = new Listeners<OpenListEvent>();
  readonly #stops: (() => void)[];
  readonly #summary: SummaryKeeper;
  #document: ListDocument;
  #room: Room;
  #unbindDocument: () => void = () => undefined;
  #access: Role | null;
  #hasOwned: boolean;
  #isClosed = false;

  /** `missed` is what the other tabs have said since the copy was read. */
  constructor(parts: ListSyncParts, copy: StoredCopy, missed: readonly TabMessage[] = []) {
    this.#parts = parts;
    this.list = parts.list;
    this.#access = copy.meta.role;
    this.#hasOwned = copy.meta.hasOwned;
    const { document, isComplete } = restoreDocument(copy, drawClientId(parts.randomBytes));
    this.#document = document;
    this.#room = new Room({ ...parts, document });
    this.#summary = new SummaryKeeper({ ...parts, document: () => this.#document });
    const { waiting, meta } = copy;
    this.#summary.check(meta);
    const { log, isRegistered } = meta;
    const start = { log, waiting, isRegistered, cursor: isComplete ? meta.cursor : 0 };
    this.#sync = new ListSync(parts, this.#createHost(), start);
    this.#bindDocument();
    this.#stops = this.#listen();
    for (const message of missed) this.#onTab(message);
    const isConfirmed = waiting === 0 && missed.length === 0;
    if (isComplete && isConfirmed && copy.pieces.length > maxPieces) void this.#compact(copy);
    if (parts.connection.isConnected) void this.#sync.run();
  }

  get document(): ListDocument {
    return this.#document;
  }

  get presence(): Presence {
    return this.#room.presence;
  }

  /** What this person may do; null once access was taken away. The copy stays readable. */
  get access(): Role | null {
    return this.#access;
  }

  /** Who has the list open now, this tab among them. Empty while there is no connection. */
  get roster(): readonly RosterEntry[] {
    return this.#room.roster;
  }

  /** Number up to which the log is known here. */
  get cursor(): number {
    return this.#sync.incoming.cursor;
  }

  get state(): ListSyncState {
    const { waiting } = this.#sync.outgoing;
    if (this.#parts.connection.isOffline) return { kind: 'offline', waiting };
    if (waiting === 0) return { kind: 'saved' };
    return mayEdit(this.#access) ? { kind: 'saving', waiting } : { kind: 'offline', waiting };
  }

  /** True while an edit lives in this tab alone, because the phone refuses to store it. */
  get isHeldInMemory(): boolean {
    return this.#sync.outgoing.isHeldInMemory;
  }

  /** Returns how to stop. */
  on(callback: (event: OpenListEvent) => void): () => void {
    return this.#events.add(callback);
  }

  /** Brings the list up to date now, and finds out whether the connection is alive. */
  sync(): Promise<void> {
    return this.#sync.run();
  }

  /** Leaves the room and lets go of the document. What is stored stays. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const stop of this.#stops) stop();
    this.#sync.dispose();
    this.#events.clear();
    // Before whoever closes it goes on: it may be about to forget the list, or to look for what waits.
    const saved = Promise.all([this.#sync.outgoing.flush(), this.#summary.flush()]);
    this.#parts.transport.leave({ list: this.list });
    this.#disposeDocument();
    await saved;
  }

  #createHost(): ListSyncHost {
    return {
      document: () => this.#document,
      access: () => this.#access,
      hasOwned: () => this.#hasOwned,
      setAccess: (role) => {
        this.#setAccess(role);
      },
      startEpoch: (result, log) => this.#startEpoch(result, log),
      enterCopy: (copy) => {
        this.#enter(copy, true);
      },
      onWaitingChange: () => {
        this.#events.emit('state');
      },
    };
  }

  #listen(): (() => void)[] {
    const { tabs, transport, connection } = this.#parts;
    return [
      tabs.listen((message) => {
        this.#onTab(message);
      }),
      transport.listen((event) => {
        this.#onTransport(event);
      }),
      connection.onChange((state) => {
        if (state === 'connected') void this.#sync.run();
        else this.#takeRoster([]);
        this.#events.emit('state');
      }),
    ];
  }

  #bindDocument(): void {
    const document = this.#document;
    const stops = [
      document.onLocalUpdate((update) => {
        this.#parts.connection.want();
        void this.#sync.outgoing.add({ epoch: document.epoch, update });
      }),
      document.onChange(() => {
        this.#summary.noteChange();
      }),
    ];
    this.#unbindDocument = () => {
      for (const stop of stops) stop();
    };
  }

  #disposeDocument(): void {
    this.#unbindDocument();
    this.#room.dispose();
    this.#document.dispose();
  }

  async #startEpoch(result: PullResult, log: LogId): Promise<boolean> {
    const { storage, tabs } = this.#parts;
    const { epoch, head, updates } = result;
    const place = { log, epoch, cursor: head };
    const isStored = await storage.replace(this.list, place, updates).then(
      () => true,
      () => false,
    );
    if (isStored) tabs.post({ kind: 'epoch-changed', list: this.list });
    if (this.#document.epoch !== epoch) this.#enter({ meta: place, updates }, isStored);
    return isStored;
  }

  #enter(copy: DocumentCopy, isStored: boolean): void {
    if (this.#isClosed) return;
    const { log, cursor } = copy.meta;
    const { document, isComplete } = restoreDocument(copy, drawClientId(this.#parts.randomBytes));
    this.#begin(document);
    this.#sync.enter(log, isComplete ? cursor : 0, isStored);
  }

  /** The room must learn under which client id this tab writes from now on: whoever calls this pulls. */
  #begin(document: ListDocument): void {
    this.#disposeDocument();
    this.#document = document;
    this.#room = new Room({ ...this.#parts, document });
    this.#bindDocument();
    this.#events.emit('document');
  }

  #onTransport(event: TransportEvent): void {
    if (event.kind === 'open' || event.kind === 'close' || event.message.list !== this.list) return;
    switch (event.kind) {
      case 'update':
        this.#sync.incoming.receive(event.message);
        break;
      case 'head':
        this.#sync.incoming.receiveHead(event.message);
        break;
      case 'presence':
        this.#room.presence.apply(event.message.awareness);
        break;
      case 'roster':
        this.#takeRoster(event.message.present);
        break;
      case 'access':
        this.#setAccess(event.message.role);
        if (event.message.role === null) this.#takeRoster([]);
        else void this.#sync.run();
        break;
    }
  }

  #onTab(message: TabMessage): void {
    if (message.kind === 'lists-changed' || message.list !== this.list) return;
    if (message.kind === 'edited' && message.epoch === this.#document.epoch) {
      this.#sync.incoming.receiveFromTab(message.update);
    }
    // Also where there is a connection: it may be dead, and what is still made in the epoch before would have lost what it builds on.
    if (message.kind === 'epoch-changed') void this.#sync.followPhone();
    void this.#sync.noteOtherTab();
  }

  #setAccess(role: Role | null): void {
    if (role === this.#access) return;
    this.#access = role;
    this.#hasOwned ||= role === 'owner';
    void this.#parts.storage.changeList(this.list, { role }).catch(() => undefined);
    this.#events.emit('access');
    this.#events.emit('state');
  }

  #takeRoster(present: readonly RosterEntry[]): void {
    this.#room.takeRoster(present);
    this.#events.emit('roster');
  }

  /** Only what is confirmed: that is what this phone gives a server that has lost it. */
  async #compact(copy: StoredCopy): Promise<void> {
    const { list, storage } = this.#parts;
    await storage.compact(list, copy.meta.epoch, this.#document.encode(), copy.pieces).catch(() => undefined);
  }
}
