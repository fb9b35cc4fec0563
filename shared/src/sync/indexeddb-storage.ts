import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { ListId } from '../protocol/index.ts';
import { newList, type OutboxEntry, type Storage, type StoredCopy, type StoredList } from './storage.ts';

const schemaVersion = 1;

interface TrolleySchema extends DBSchema {
  /** Where each list stands. */
  lists: { key: ListId; value: StoredList };
  /** One compacted state per list. */
  states: { key: ListId; value: Uint8Array };
  /** Confirmed updates since the state. */
  pieces: { key: number; value: { list: ListId; update: Uint8Array }; indexes: { list: ListId } };
  /** Own edits that wait. */
  outbox: { key: number; value: { list: ListId; epoch: number; update: Uint8Array }; indexes: { list: ListId } };
  /** Own edits that the server refused for good. */
  quarantine: { key: number; value: { list: ListId; update: Uint8Array; code: string }; indexes: { list: ListId } };
}

type PerList = 'pieces' | 'outbox' | 'quarantine';
const perList: readonly PerList[] = ['pieces', 'outbox', 'quarantine'];

/** The phone's memory in IndexedDB. */
export class IndexedDbStorage implements Storage {
  readonly #database: IDBPDatabase<TrolleySchema>;

  private constructor(database: IDBPDatabase<TrolleySchema>) {
    this.#database = database;
  }

  /** Rejects when the browser offers no IndexedDB. `name` keeps tests apart. */
  static async open(name = 'trolley'): Promise<IndexedDbStorage> {
    const database = await openDB<TrolleySchema>(name, schemaVersion, {
      upgrade(db) {
        db.createObjectStore('lists', { keyPath: 'list' });
        db.createObjectStore('states');
        for (const store of perList) db.createObjectStore(store, { autoIncrement: true }).createIndex('list', 'list');
      },
      // A newer version of the app, in another tab, wants to upgrade: let it.
      blocking: () => {
        database.close();
      },
    });
    return new IndexedDbStorage(database);
  }

  close(): void {
    this.#database.close();
  }

  lists(): Promise<StoredList[]> {
    return this.#database.getAll('lists');
  }

  async saveList(list: ListId, fields: Partial<StoredList>): Promise<void> {
    const transaction = this.#database.transaction('lists', 'readwrite');
    const known = (await transaction.store.get(list)) ?? newList(list);
    await transaction.store.put({ ...known, ...fields });
    await transaction.done;
  }

  async load(list: ListId): Promise<StoredCopy | null> {
    const transaction = this.#database.transaction(['lists', 'states', 'pieces', 'outbox']);
    const [meta, state, pieces, pieceKeys, outbox] = await Promise.all([
      transaction.objectStore('lists').get(list),
      transaction.objectStore('states').get(list),
      transaction.objectStore('pieces').index('list').getAll(list),
      transaction.objectStore('pieces').index('list').getAllKeys(list),
      transaction.objectStore('outbox').index('list').getAll(list),
      transaction.done,
    ]);
    if (meta === undefined) return null;
    const updates = [...(state === undefined ? [] : [state]), ...[...pieces, ...outbox].map((row) => row.update)];
    return { meta, updates, waiting: outbox.length, pieces: pieceKeys };
  }

  async putOutbox(list: ListId, epoch: number, update: Uint8Array): Promise<void> {
    const transaction = this.#database.transaction('outbox', 'readwrite', { durability: 'strict' });
    await transaction.store.add({ list, epoch, update });
    await transaction.done;
  }

  async outbox(list: ListId, max: number): Promise<OutboxEntry[]> {
    const index = this.#database.transaction('outbox').store.index('list');
    const [rows, keys] = await Promise.all([index.getAll(list, max), index.getAllKeys(list, max)]);
    return rows.flatMap(({ epoch, update }, position) => {
      const key = keys[position];
      return key === undefined ? [] : [{ key, epoch, update }];
    });
  }

  countOutbox(list: ListId): Promise<number> {
    return this.#database.countFromIndex('outbox', 'list', list);
  }

  async waitingLists(): Promise<ListId[]> {
    const rows = await this.#database.getAll('outbox');
    return [...new Set(rows.map((row) => row.list))];
  }

  async confirm(list: ListId, keys: readonly number[]): Promise<void> {
    const transaction = this.#database.transaction(['outbox', 'pieces'], 'readwrite');
    for (const key of keys) {
      const row = await transaction.objectStore('outbox').get(key);
      if (row === undefined) continue;
      await transaction.objectStore('pieces').add({ list, update: row.update });
      await transaction.objectStore('outbox').delete(key);
    }
    await transaction.done;
  }

  async quarantine(list: ListId, keys: readonly number[], code: string): Promise<void> {
    const transaction = this.#database.transaction(['outbox', 'quarantine'], 'readwrite');
    for (const key of keys) {
      const row = await transaction.objectStore('outbox').get(key);
      if (row === undefined) continue;
      await transaction.objectStore('quarantine').add({ list, update: row.update, code });
      await transaction.objectStore('outbox').delete(key);
    }
    await transaction.done;
  }

  async putRemote(list: ListId, epoch: number, updates: readonly Uint8Array[], cursor: number): Promise<void> {
    const transaction = this.#database.transaction(['lists', 'pieces'], 'readwrite');
    const meta = await transaction.objectStore('lists').get(list);
    if (meta?.epoch === epoch) {
      for (const update of updates) await transaction.objectStore('pieces').add({ list, update });
      if (cursor > meta.cursor) await transaction.objectStore('lists').put({ ...meta, cursor });
    }
    await transaction.done;
  }

  async resetCursor(list: ListId, cursor: number): Promise<void> {
    const transaction = this.#database.transaction('lists', 'readwrite');
    const meta = await transaction.store.get(list);
    if (meta !== undefined) await transaction.store.put({ ...meta, cursor });
    await transaction.done;
  }

  async compact(list: ListId, epoch: number, state: Uint8Array, pieces: readonly number[]): Promise<void> {
    const transaction = this.#database.transaction(['lists', 'states', 'pieces'], 'readwrite');
    const meta = await transaction.objectStore('lists').get(list);
    if (meta?.epoch === epoch) {
      await transaction.objectStore('states').put(state, list);
      for (const key of pieces) await transaction.objectStore('pieces').delete(key);
    }
    await transaction.done;
  }

  async replace(list: ListId, epoch: number, cursor: number, updates: readonly Uint8Array[]): Promise<void> {
    const transaction = this.#database.transaction(['lists', 'states', 'pieces'], 'readwrite');
    const meta = (await transaction.objectStore('lists').get(list)) ?? newList(list);
    await transaction.objectStore('lists').put({ ...meta, epoch, cursor });
    await transaction.objectStore('states').delete(list);
    await deleteOf(transaction.objectStore('pieces'), list);
    for (const update of updates) await transaction.objectStore('pieces').add({ list, update });
    await transaction.done;
  }

  async remove(list: ListId): Promise<void> {
    const transaction = this.#database.transaction(['lists', 'states', ...perList], 'readwrite');
    await transaction.objectStore('lists').delete(list);
    await transaction.objectStore('states').delete(list);
    for (const store of perList) await deleteOf(transaction.objectStore(store), list);
    await transaction.done;
  }
}

interface PerListStore {
  index(name: 'list'): { getAllKeys(list: ListId): Promise<number[]> };
  delete(key: number): Promise<void>;
}

async function deleteOf(store: PerListStore, list: ListId): Promise<void> {
  for (const key of await store.index('list').getAllKeys(list)) await store.delete(key);
}
