import type { KeyValues } from '../epoch/key-values.ts';
import { isItemId, type ItemId } from '../model/item-id.ts';
import { isStoreId, type StoreId } from './store-id.ts';
import { readStoreName, type Store } from './store.ts';

/** The stores of a list, by id. */
export function readStores(doc: KeyValues): readonly Store[] {
  return [...doc.keys('store')]
    .flatMap((id) => {
      const name = readStoreName(doc.read('store', id));
      return name !== null && isStoreId(id) ? { id, name } : [];
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Which of these stores each item is bought at. Items that are bought anywhere are not named. */
export function readItemStores(doc: KeyValues, stores: readonly Store[]): ReadonlyMap<ItemId, readonly StoreId[]> {
  const known = new Set(stores.map(({ id }) => id));
  const byItem = new Map<ItemId, StoreId[]>();
  for (const key of doc.keys('at')) {
    const { item, store } = splitPair(key);
    if (!isItemId(item) || !isStoreId(store) || !known.has(store)) continue;
    byItem.set(item, [...(byItem.get(item) ?? []), store]);
  }
  return byItem;
}

/** The item and the store of a key of `at`. */
export function splitPair(key: string): { item: string; store: string } {
  return { item: key.slice(0, 8), store: key.slice(8) };
}
