import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { plainLook } from '../document/index.ts';
import type { ListId } from '../protocol/index.ts';
import type { LeftEpoch, OutboxEdit, StoredList } from './storage.ts';

const schemaVersion = 2;

type LaterField = 'log' | 'hasOwned' | 'look';

export interface TrolleySchema extends DBSchema {
  /** Where each list stands. What an earlier version of the app has stored does not have all of it. */
  lists: { key: ListId; value: Omit<StoredList, LaterField> & Partial<Pick<StoredList, LaterField>> };
  /** One compacted state per list. */
  states: { key: ListId; value: Uint8Array };
  /** Confirmed updates since the state. */
  pieces: { key: number; value: { list: ListId; update: Uint8Array }; indexes: { list: ListId } };
  /** What edits that wait for an epoch that was left build on. */
  left: { key: number; value: LeftEpoch & { list: ListId; epoch: number }; indexes: { list: ListId } };
  /** Edits that wait. */
  outbox: { key: number; value: OutboxEdit & { list: ListId }; indexes: { list: ListId } };
}

/** Stores with any number of rows for a list. */
export const perListStores = ['pieces', 'outbox', 'left'] as const;

/** Opens the browser's database, and makes what is not there yet. Rejects when the browser offers none. */
export async function openSchema(name: string): Promise<IDBPDatabase<TrolleySchema>> {
  const database = await openDB<TrolleySchema>(name, schemaVersion, {
    upgrade(db, oldVersion) {
      if (oldVersion === 0) {
        db.createObjectStore('lists', { keyPath: 'list' });
        db.createObjectStore('states');
      }
      for (const store of oldVersion === 0 ? perListStores : (['left'] as const)) {
        db.createObjectStore(store, { autoIncrement: true }).createIndex('list', 'list');
      }
    },
    // A newer version of the app, in another tab, wants to upgrade: let it.
    blocking: () => {
      database.close();
    },
  });
  return database;
}

/** A list with the fields that it lacks if an earlier version of the app has stored it. */
export function asStored(value: TrolleySchema['lists']['value']): StoredList {
  return { log: null, look: plainLook, hasOwned: value.role === 'owner', ...value };
}
