import { TrolleyError } from '../../protocol/index.ts';
import { commit } from '../commands/commit.ts';
import type { ListDocument } from '../list-document.ts';
import { categoryIds, type CategoryId } from '../model/category.ts';
import type { Change, KeyWrite } from '../model/change.ts';
import type { ItemId } from '../model/item-id.ts';
import type { Author } from '../model/item.ts';
import { freshOrderKeys, orderKeyBetween } from '../model/order-key.ts';
import { normaliseName, tidyLine } from '../text/tidy-text.ts';
import { aislePlaces, type AislePlace } from './aisles.ts';
import { shoppingBounds } from './bounds.ts';
import { readStores } from './read-stores.ts';
import type { StoreId } from './store-id.ts';
import { readStoreName, storeIdOf } from './store.ts';

/**
 * Adds a store, or finds it by its name. One that was removed comes back with its aisles and its items. Refuses an empty name with
 * `bad-request`, and more than `maxStores` with `too-large`.
 */
export function addStore(doc: ListDocument, name: string, author: Author): { id: StoreId; change: Change | null } {
  const tidied = tidyStoreName(name);
  const stores = readStores(doc);
  const same = stores.find((store) => normaliseName(store.name) === normaliseName(tidied));
  if (same !== undefined) return { id: same.id, change: null };
  if (stores.length >= shoppingBounds.maxStores) {
    throw new TrolleyError('too-large', `a list has at most ${shoppingBounds.maxStores} stores`);
  }
  const id = freeStoreId(doc, tidied);
  return { id, change: commit(doc, [{ root: 'store', key: id, value: { name: tidied } }], author) };
}

/** Gives a store another name; its id stays. Null when there is no such store. Refuses an empty name with `bad-request`. */
export function renameStore(doc: ListDocument, id: StoreId, name: string, author: Author): Change | null {
  const tidied = tidyStoreName(name);
  if (readStoreName(doc.read('store', id)) === null) return null;
  return commit(doc, [{ root: 'store', key: id, value: { name: tidied } }], author);
}

/** Takes a store away. What is bought there alone is then bought anywhere. Its aisles stay until the epoch ends. */
export function removeStore(doc: ListDocument, id: StoreId, author: Author): Change | null {
  return commit(doc, [{ root: 'store', key: id, value: null }], author);
}

/** Says that an item is bought at a store, or is not; each store by itself, so that two people can say so at once. */
export function setItemStore(
  doc: ListDocument,
  item: ItemId,
  store: StoreId,
  isThere: boolean,
  author: Author,
): Change | null {
  if (!doc.entry(item)) return null;
  return commit(doc, [{ root: 'at', key: `${item}${store}`, value: isThere ? 1 : null }], author);
}

/** Moves an aisle behind another, or with null to the front. From now on trips don't change the order. */
export function moveAisle(
  doc: ListDocument,
  store: StoreId,
  category: CategoryId,
  after: CategoryId | null,
  author: Author,
): Change | null {
  const places = aislePlaces(doc, store);
  const others = places.filter((place) => place.category !== category);
  const index = after === null ? 0 : others.findIndex((place) => place.category === after) + 1;
  const isMoved = (after === null || index > 0) && places[index]?.category !== category;
  if (!isMoved) return null;
  const key = keyAt(others, index);
  const order = others.map((place) => place.category).toSpliced(index, 0, category);
  return commit(doc, key === null ? renumbered(store, order) : [aisleWrite(store, category, key)], author);
}

/** Forgets what people have moved and what trips have taught. Null when there was nothing. */
export function resetAisles(doc: ListDocument, store: StoreId, author: Author): Change | null {
  const writes = categoryIds.map((category) => aisleWrite(store, category, null));
  return commit(doc, [...writes, { root: 'walk', key: store, value: null }], author);
}

/** Aisles at equal keys, which two phones can have made, are passed over. */
function keyAt(others: readonly AislePlace[], index: number): string | null {
  const lower = others[index - 1]?.key ?? null;
  const upper = others.slice(index).find(({ key }) => lower === null || key > lower);
  return orderKeyBetween(lower, upper?.key ?? null);
}

function renumbered(store: StoreId, order: readonly CategoryId[]): KeyWrite[] {
  const keys = freshOrderKeys(order.length);
  return order.map((category, index) => aisleWrite(store, category, keys[index] ?? null));
}

function aisleWrite(store: StoreId, category: CategoryId, value: string | null): KeyWrite {
  return { root: 'aisle', key: `${store}${category}`, value };
}

/** The first id of a name that no store of another name has. */
function freeStoreId(doc: ListDocument, name: string): StoreId {
  let probe = 0;
  while (readStoreName(doc.read('store', storeIdOf(name, probe))) !== null) probe++;
  return storeIdOf(name, probe);
}

function tidyStoreName(name: string): string {
  const tidied = tidyLine(name, shoppingBounds.maxStoreNameLength);
  if (tidied === '') throw new TrolleyError('bad-request', 'a store has a name');
  return tidied;
}
