import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { ListId } from '../protocol/index.ts';
import { openSchema, perListStores, asStored, type TrolleySchema } from './indexeddb-schema.ts';
import {
  changed,
  isElsewhere,
  joinLeft,
  movedForward,
  newList,
  type LeftEpoch,
  type ListFields,
  type LogPlace,
  type OutboxEdit,
  type OutboxEntry,
  type Storage,
  type StoredCopy,
  type StoredList,
} from './storage.ts';

type StoreName = StoreNames<TrolleySchema>;
type Change<Names extends StoreName[]> = IDBPTransaction<TrolleySchema, Names, 'readwrite'>;

/** The phone's memory in IndexedDB. */
export class IndexedDbStorage implements Storage {
  readonly #database: IDBPDatabase<TrolleySchema>;

  private constructor(database: IDBPDatabase<TrolleySchema>) {
    this.#database = database;
  }

  /** Rejects when the browser offers no IndexedDB. `name` keeps tests apart. */
  static async open(name = 'trolley'): Promise<IndexedDbStorage> {
    const database = await openSchema(name);
    return new IndexedDbStorage(database);
  }

  close(): void {
    this.#database.close();
  }

  async lists(): Promise<StoredList[]> {
    return (await this.#database.getAll('lists')).map(asStored);
  }

  saveList(list: ListId, fields: ListFields): Promise<void> {
    return this.#save(list, fields, newList(list));
  }

  changeList(list: ListId, fields: ListFields): Promise<void> {
    return this.#save(list, fields);
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
    const confirmed = [...(state === undefined ? [] : [state]), ...pieces.map((row) => row.update)];
    const updates = [...confirmed, ...ownEdits.map((row) => row.update)];
    const confirmedCount = confirmed.length;
    return { meta: asStored(meta), updates, confirmedCount, waiting: outbox.length, pieces: pieceKeys };
  }

  /** Committed at once, and not when the browser has told of the write: the page may be going. */
  putOutbox(list: ListId, edit: OutboxEdit): Promise<void> {
    const add = async (stores: Change<['outbox']>) => {
      const added = stores.objectStore('outbox').add({ ...edit, list });
      stores.commit();
      await added;
    };
    return this.#change(['outbox'], add, { durability: 'strict' });
  }

  /** An index's cursor goes through the entries of a list in the order of their keys. */
  async outbox(list: ListId, max: number, afterKey = 0): Promise<OutboxEntry[]> {
    const { store } = this.#database.transaction('outbox');
    const keys = await store.index('list').getAllKeys(list);
    const wanted = keys.filter((key) => key > afterKey).slice(0, max);
    const rows = await Promise.all(wanted.map(async (key) => ({ key, row: await store.get(key) })));
    return rows.flatMap(({ key, row }) => (row === undefined ? [] : [{ ...row, key }]));
  }

  countOutbox(list: ListId): Promise<number> {
    return this.#database.countFromIndex('outbox', 'list', list);
  }

  async waitingLists(): Promise<ListId[]> {
    const rows = await this.#database.getAll('outbox');
    return [...new Set(rows.map((row) => row.list))];
  }

  confirm(list: ListId, keys: readonly number[]): Promise<void> {
    return this.#change(['lists', 'outbox', 'pieces', 'left'], async (stores) => {
      const meta = await stores.objectStore('lists').get(list);
      for (const key of keys) {
        const row = await stores.objectStore('outbox').get(key);
        if (row === undefined) continue;
        if (row.epoch === meta?.epoch) await stores.objectStore('pieces').add({ list, update: row.update });
        else await stores.objectStore('left').add({ list, epoch: row.epoch, log: null, updates: [row.update] });
        await stores.objectStore('outbox').delete(key);
      }
    });
  }

  forget(_list: ListId, keys: readonly number[]): Promise<void> {
    return this.#change(['outbox'], async (stores) => {
      for (const key of keys) await stores.objectStore('outbox').delete(key);
    });
  }

  putRemote(list: ListId, place: LogPlace, updates: readonly Uint8Array[]): Promise<void> {
    return this.#change(['lists', 'pieces'], (stores) =>
      addRemote(stores.objectStore('lists'), stores.objectStore('pieces'), { list, place, updates }),
    );
  }

  enterLog(list: ListId, place: LogPlace): Promise<void> {
    return this.#change(['lists'], async (stores) => {
      const meta = await stores.objectStore('lists').get(list);
      if (meta?.epoch === place.epoch) await stores.objectStore('lists').put({ ...meta, ...place });
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

  replace(list: ListId, place: LogPlace, updates: readonly Uint8Array[]): Promise<void> {
    return this.#change(['lists', 'states', 'pieces', 'outbox', 'left'], async (stores) => {
      const meta = await stores.objectStore('lists').get(list);
      if (meta === undefined) return;
      if (!isElsewhere(asStored(meta), place)) {
        return addRemote(stores.objectStore('lists'), stores.objectStore('pieces'), { list, place, updates });
      }
      await leave(stores, asStored(meta));
      await stores.objectStore('lists').put({ ...meta, ...place });
      await stores.objectStore('states').delete(list);
      await deleteOf(stores.objectStore('pieces'), list);
      for (const update of updates) await stores.objectStore('pieces').add({ list, update });
    });
  }

  async leftEpoch(list: ListId, epoch: number): Promise<LeftEpoch | null> {
    const rows = await this.#database.getAllFromIndex('left', 'list', list);
    return joinLeft(rows.filter((row) => row.epoch === epoch));
  }

  remove(list: ListId): Promise<void> {
    return this.#change(['lists', 'states', ...perListStores], async (stores) => {
      await stores.objectStore('lists').delete(list);
      await stores.objectStore('states').delete(list);
      for (const store of perListStores) await deleteOf(stores.objectStore(store), list);
    });
  }

  /** `unknown` stands in for a list that is not here. */
  #save(list: ListId, fields: ListFields, unknown?: StoredList): Promise<void> {
    return this.#change(['lists'], async (stores) => {
      const known = (await stores.objectStore('lists').get(list)) ?? unknown;
      if (known !== undefined) await stores.objectStore('lists').put(changed(asStored(known), fields));
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

interface ListStore {
  get(list: ListId): Promise<TrolleySchema['lists']['value'] | undefined>;
  put(value: StoredList): Promise<unknown>;
}

interface PieceStore {
  add(piece: TrolleySchema['pieces']['value']): Promise<unknown>;
}

async function addRemote(
  lists: ListStore,
  pieces: PieceStore,
  { list, place, updates }: { list: ListId; place: LogPlace; updates: readonly Uint8Array[] },
): Promise<void> {
  const meta = await lists.get(list);
  if (meta?.epoch !== place.epoch) return;
  for (const update of updates) await pieces.add({ list, update });
  await lists.put(movedForward(asStored(meta), place));
}

/** Keeps what is confirmed of the copy, and forgets earlier epochs when nothing waits. */
async function leave(
  stores: Change<['lists', 'states', 'pieces', 'outbox', 'left']>,
  { list, log, epoch }: StoredList,
): Promise<void> {
  const [state, pieces, waiting] = await Promise.all([
    stores.objectStore('states').get(list),
    stores.objectStore('pieces').index('list').getAll(list),
    stores.objectStore('outbox').index('list').count(list),
  ]);
  if (waiting === 0) await deleteOf(stores.objectStore('left'), list);
  const updates = [...(state === undefined ? [] : [state]), ...pieces.map(({ update }) => update)];
  await stores.objectStore('left').add({ list, epoch, log, updates });
}

interface PerListStore {
  index(name: 'list'): { getAllKeys(list: ListId): Promise<number[]> };
  delete(key: number): Promise<void>;
}

async function deleteOf(store: PerListStore, list: ListId): Promise<void> {
  for (const key of await store.index('list').getAllKeys(list)) await store.delete(key);
}
