import { createList, ListDocument } from '../document/index.ts';
import { createListId, TrolleyError, type Clock, type ListId, type RandomBytes } from '../protocol/index.ts';
import type { Account } from './account.ts';
import { coalesce } from './coalesce.ts';
import { Connection } from './connection.ts';
import { Listeners } from './listeners.ts';
import type { Locks } from './locks.ts';
import { OpenList } from './open-list.ts';
import { answerTimeoutMs, pushOutbox } from './push-outbox.ts';
import { restoreDocument } from './restore-document.ts';
import type { Storage, StoredCopy, StoredList } from './storage.ts';
import type { TabChannel } from './tab-channel.ts';
import type { Transport } from './transport.ts';

/** How long opening a list that this phone has never seen waits for a connection. */
const firstConnectTimeoutMs = 8_000;

export interface SyncClientParts {
  transport: Transport;
  storage: Storage;
  account: Account;
  tabs: TabChannel;
  locks: Locks;
  clock: Clock;
  randomBytes: RandomBytes;
}

/** Whether there is a connection: `online` also while the first try is under way. */
export type SyncStatus = 'online' | 'offline';

/** All lists of one browser tab: opens them, begins new ones, and sees that edits of closed ones reach the server too. */
export class SyncClient {
  readonly #parts: SyncClientParts;
  readonly #connection: Connection;
  readonly #open = new Map<ListId, Promise<OpenList>>();
  readonly #listChanges = new Listeners<void>();
  readonly #statusChanges = new Listeners<SyncStatus>();
  readonly #stops: (() => void)[];

  constructor(parts: SyncClientParts) {
    this.#parts = parts;
    this.#connection = new Connection(parts);
    this.#stops = [
      this.#connection.onChange((state) => {
        if (state === 'connected') void this.#syncClosedLists();
        this.#statusChanges.emit(this.status);
      }),
      parts.tabs.listen((message) => {
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

  /** Connects if there is a reason: a session, or something that waits. A first visit alone is none. */
  async start(): Promise<void> {
    const waiting = await this.#parts.storage.waitingLists().catch(() => []);
    if (this.#parts.account.hasSession || waiting.length > 0) this.#connection.want();
  }

  /** The person or the network is back: checks a connection that looks alive, retries at once when there is none. */
  wake(): void {
    if (!this.#connection.isConnected) {
      this.#connection.wake();
      return;
    }
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

  /** Ends the connection and begins a new one: the session behind it has changed. */
  reconnect(): void {
    this.#connection.drop();
    this.#connection.wake();
    this.#connection.want();
  }

  /** The lists on this phone, without the network. */
  lists(): Promise<StoredList[]> {
    return this.#parts.storage.lists();
  }

  /** Begins a list. It is on this phone when this resolves; the server hears of it when it can. */
  async create(title: string): Promise<ListId> {
    const { storage, randomBytes, account, tabs } = this.#parts;
    const list = createListId(randomBytes);
    const document = new ListDocument();
    const updates: Uint8Array[] = [];
    document.onLocalUpdate((update) => updates.push(update));
    createList(document, title, { memberId: account.memberId, nowMs: this.nowMs });
    document.dispose();
    await storage.saveList(list, { title, role: 'owner', isRegistered: false, openedAtMs: this.#parts.clock.nowMs() });
    for (const update of updates) await storage.putOutbox(list, 0, update);
    tabs.post({ kind: 'lists-changed' });
    this.#listChanges.emit();
    this.#connection.want();
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
    opening.catch(() => this.#open.delete(list));
    return opening;
  }

  /** Closes a list that was opened here. */
  async close(list: ListId): Promise<void> {
    const opening = this.#open.get(list);
    this.#open.delete(list);
    if (opening !== undefined) await opening.then((open) => open.close()).catch(() => undefined);
  }

  /** Takes a list off this phone. Membership on the server is another matter. */
  async forget(list: ListId): Promise<void> {
    await this.close(list);
    await this.#parts.storage.remove(list);
    this.#parts.tabs.post({ kind: 'lists-changed' });
    this.#listChanges.emit();
  }

  async dispose(): Promise<void> {
    const closing = [...this.#open.keys()].map((list) => this.close(list));
    for (const stop of this.#stops) stop();
    this.#connection.dispose();
    this.#listChanges.clear();
    this.#statusChanges.clear();
    await Promise.all(closing);
  }

  async #load(list: ListId): Promise<OpenList> {
    const { storage, clock } = this.#parts;
    const copy = (await storage.load(list)) ?? (await this.#fetch(list));
    await storage.saveList(list, { openedAtMs: clock.nowMs() });
    return new OpenList({ ...this.#parts, list, connection: this.#connection }, copy);
  }

  /** Brings a list here that this phone has never seen, or brings a closed one up to date. */
  async #fetch(list: ListId, epoch = 0, cursor = 0): Promise<StoredCopy> {
    const { storage, transport } = this.#parts;
    await this.#connected();
    const answer = await transport.pull({ list, epoch, cursor }, answerTimeoutMs).catch((cause: unknown) => {
      throw new TrolleyError('unavailable', 'The server did not answer.', { cause });
    });
    if (!answer.ok) throw new TrolleyError(answer.error.code, answer.error.message);
    const { role, head, updates } = answer.value;
    await storage.saveList(list, { role });
    if (answer.value.epoch === epoch) await storage.putRemote(list, epoch, updates, head);
    else await storage.replace(list, answer.value.epoch, head, updates);
    const copy = await storage.load(list);
    if (copy === null) throw new TrolleyError('internal', 'The phone did not keep the list.');
    return copy;
  }

  #connected(): Promise<void> {
    this.#connection.want();
    if (this.#connection.isConnected) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void) => {
        stop();
        cancel();
        settle();
      };
      const fail = () => {
        finish(() => {
          reject(new TrolleyError('unavailable', 'The server cannot be reached.'));
        });
      };
      const stop = this.#connection.onChange(() => {
        if (this.#connection.isConnected) finish(resolve);
        else if (this.#connection.isOffline) fail();
      });
      const cancel = this.#parts.clock.schedule(firstConnectTimeoutMs, fail);
    });
  }

  /** Edits of lists that are not open reach the server, and lists that this phone has not seen reach the phone, to be there without a network. */
  readonly #syncClosedLists = coalesce(async () => {
    try {
      await this.#pushClosedLists();
      await this.#fetchClosedLists();
    } catch {
      // The connection broke on the way; the next one begins here again.
    }
  });

  async #pushClosedLists(): Promise<void> {
    const { storage, transport, account, locks } = this.#parts;
    const lists = await storage.lists();
    for (const list of await storage.waitingLists()) {
      if (this.#open.has(list)) continue;
      const meta = lists.find((stored) => stored.list === list);
      if (meta?.isRegistered === false) {
        await account.register(list);
        await storage.saveList(list, { isRegistered: true });
      }
      await locks.run(`trolley:push:${list}`, () =>
        pushOutbox({ list, storage, transport, onPushed: () => undefined }),
      );
    }
  }

  async #fetchClosedLists(): Promise<void> {
    const { storage, account } = this.#parts;
    const stored = new Map((await storage.lists()).map((meta) => [meta.list, meta]));
    for (const { list, role } of await account.lists()) {
      const known = stored.get(list);
      if (this.#open.has(list)) continue;
      if (known === undefined) await this.#fetch(list);
      else if (known.role !== role) await storage.saveList(list, { role });
      if (known === undefined) await this.#saveTitle(list);
    }
    this.#listChanges.emit();
  }

  /** A list's name stands in its document; the overview shows it without opening each. */
  async #saveTitle(list: ListId): Promise<void> {
    const copy = await this.#parts.storage.load(list);
    if (copy === null) return;
    const { document } = restoreDocument(copy);
    const { title, items } = document.view;
    await this.#parts.storage.saveList(list, { title, toBuy: items.filter((item) => !item.isTicked).length });
    document.dispose();
  }
}
