import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';
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
}

type StoreName = StoreNames<TrolleySchema>;
type Change<Names extends StoreName[]> = IDBPTransaction<TrolleySchema, Names, 'readwrite'>;

const perList = ['pieces', 'outbox'] as const;

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

  saveList(list: ListId, fields: Partial<StoredList>): Promise<void> {
    return this.#change(['lists'], async (stores) => {
      const known = (await stores.objectStore('lists').get(list)) ?? newList(list);
      await stores.objectStore('lists').put({ ...known, ...fields });
    });
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
    const ownEdits = outbox.filter((row) => row.epoch === meta.epoch);
    const updates = [...(state === undefined ? [] : [state]), ...[...pieces, ...ownEdits].map((row) => row.update)];
    return { meta, updates, waiting: outbox.length, pieces: pieceKeys };
  }

  putOutbox(list: ListId, epoch: number, update: Uint8Array): Promise<void> {
    const add = async (stores: Change<['outbox']>) => {
      await stores.objectStore('outbox').add({ list, epoch, update });
    };
    return this.#change(['outbox'], add, { durability: 'strict' });
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

  confirm(list: ListId, keys: readonly number[]): Promise<void> {
    return this.#change(['lists', 'outbox', 'pieces'], async (stores) => {
      const meta = await stores.objectStore('lists').get(list);
      for (const key of keys) {
        const row = await stores.objectStore('outbox').get(key);
        if (row === undefined) continue;
        if (row.epoch === meta?.epoch) await stores.objectStore('pieces').add({ list, update: row.update });
        await stores.objectStore('outbox').delete(key);
      }
    });
  }

  putRemote(list: ListId, epoch: number, updates: readonly Uint8Array[], cursor: number): Promise<void> {
    return this.#change(['lists', 'pieces'], async (stores) => {
      const meta = await stores.objectStore('lists').get(list);
      if (meta?.epoch !== epoch) return;
      for (const update of updates) await stores.objectStore('pieces').add({ list, update });
      if (cursor > meta.cursor) await stores.objectStore('lists').put({ ...meta, cursor });
    });
  }

  resetCursor(list: ListId, cursor: number): Promise<void> {
    return this.#change(['lists'], async (stores) => {
      const meta = await stores.objectStore('lists').get(list);
      if (meta !== undefined) await stores.objectStore('lists').put({ ...meta, cursor });
    });
  }

  compact(list: ListId, epoch: number, state: Uint8Array, pieces: readonly number[]): Promise<void> {
    return this.#change(['lists', 'states', 'pieces'], async (stores) => {
      const meta = await stores.objectStore('lists').get(list);
      const there = new Set(await stores.objectStore('pieces').index('list').getAllKeys(list));
      if (meta?.epoch !== epoch || !pieces.every((key) => there.has(key))) return;
      await stores.objectStore('states').put(state, list);
      for (const key of pieces) await stores.objectStore('pieces').delete(key);
    });
  }

  replace(list: ListId, epoch: number, cursor: number, updates: readonly Uint8Array[]): Promise<void> {
    return this.#change(['lists', 'states', 'pieces'], async (stores) => {
      const meta = (await stores.objectStore('lists').get(list)) ?? newList(list);
      await stores.objectStore('lists').put({ ...meta, epoch, cursor });
      await stores.objectStore('states').delete(list);
      await deleteOf(stores.objectStore('pieces'), list);
      for (const update of updates) await stores.objectStore('pieces').add({ list, update });
    });
  }

  remove(list: ListId): Promise<void> {
    return this.#change(['lists', 'states', ...perList], async (stores) => {
      await stores.objectStore('lists').delete(list);
      await stores.objectStore('states').delete(list);
      for (const store of perList) await deleteOf(stores.objectStore(store), list);
    });
  }

  /** Runs `work` in one transaction: all of it happens, or nothing. Rejects with what went wrong first. */
  async #change<Names extends StoreName[]>(
    names: Names,
    work: (stores: Change<Names>) => Promise<void>,
    options: IDBTransactionOptions = {},
  ): Promise<void> {
    const transaction = this.#database.transaction(names, 'readwrite', options);
    const done = transaction.done;
    const worked = work(transaction).catch((error: unknown) => {
      abort(transaction);
      throw error;
    });
    await Promise.all([worked, done]);
  }
}

/** The browser may have ended the transaction already. */
function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

interface PerListStore {
  index(name: 'list'): { getAllKeys(list: ListId): Promise<number[]> };
  delete(key: number): Promise<void>;
}

async function deleteOf(store: PerListStore, list: ListId): Promise<void> {
  for (const key of await store.index('list').getAllKeys(list)) await store.delete(key);
}
