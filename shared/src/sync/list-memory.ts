import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { ListId } from '../protocol/index.ts';

/** What can be kept beside a list. */
type MemoName = 'undo' | 'away' | 'journal';

interface MemorySchema extends DBSchema {
  memos: { key: [ListId, MemoName]; value: unknown };
}

/**
 * What this phone keeps beside its lists for itself alone, shared by all tabs of a browser: plain data that may be missing at any time, so that
 * losing it costs a convenience and never an edit. It has a database of its own: an earlier version of the app, in another tab or after a step
 * back, finds the lists as they were. Where the browser refuses to store, it lasts as long as the tab.
 */
export class ListMemory {
  readonly #database: Promise<IDBPDatabase<MemorySchema> | null>;
  readonly #held = new Map<string, unknown>();

  /** `name` keeps tests apart. */
  constructor(name = databaseName) {
    this.#database = openMemory(name).catch(() => null);
  }

  /** What is kept; null when nothing is. */
  async read(list: ListId, name: MemoName): Promise<unknown> {
    const database = await this.#database;
    const kept: unknown = await database?.get('memos', [list, name]).catch(() => null);
    return kept ?? this.#held.get(keyOf(list, name)) ?? null;
  }

  /**
   * Puts what `revise` makes of it in the place of what is kept, and null takes it away. Reads and writes are one transaction: two tabs do not
   * overwrite each other. `revise` is called once, also when the phone refuses to store.
   */
  async revise(list: ListId, name: MemoName, revise: (kept: unknown) => unknown): Promise<void> {
    const transaction = await this.#begin();
    const key = keyOf(list, name);
    const stored: unknown = await transaction?.store.get([list, name]).catch(() => null);
    const revised = revise(stored ?? this.#held.get(key) ?? null);
    const isStored = await write(transaction, [list, name], revised);
    if (isStored) this.#held.delete(key);
    else this.#held.set(key, revised);
  }

  /** Forgets everything that is kept beside other lists than these. */
  async keepOnly(lists: ReadonlySet<ListId>): Promise<void> {
    const database = await this.#database;
    const keys = (await database?.getAllKeys('memos').catch(() => [])) ?? [];
    for (const key of keys) if (!lists.has(key[0])) await database?.delete('memos', key).catch(() => undefined);
  }

  /** Lets go of the database. */
  async close(): Promise<void> {
    (await this.#database)?.close();
  }

  async #begin() {
    const database = await this.#database;
    try {
      return database?.transaction('memos', 'readwrite') ?? null;
    } catch {
      return null;
    }
  }
}

const databaseName = 'trolley-memory';

/** Rejects where the browser offers no database, or refuses even to be asked. */
async function openMemory(name: string): Promise<IDBPDatabase<MemorySchema>> {
  const database = await openDB<MemorySchema>(name, 1, {
    upgrade: (db) => void db.createObjectStore('memos'),
    // A newer version of the app, in another tab, wants to upgrade: let it.
    blocking: () => {
      database.close();
    },
  });
  return database;
}

interface Transaction {
  readonly store: {
    put(value: unknown, key: [ListId, MemoName]): Promise<unknown>;
    delete(key: [ListId, MemoName]): Promise<void>;
  };
  readonly done: Promise<void>;
}

async function write(transaction: Transaction | null, key: [ListId, MemoName], value: unknown): Promise<boolean> {
  if (transaction === null) return false;
  try {
    await Promise.all([
      value === null ? transaction.store.delete(key) : transaction.store.put(value, key),
      transaction.done,
    ]);
    return true;
  } catch {
    return false;
  }
}

function keyOf(list: ListId, name: MemoName): string {
  return `${list}/${name}`;
}
