import { jsonAt } from '../epoch/json-at.ts';
import type { KeyValues } from '../epoch/key-values.ts';
import type { KeyWrite } from '../model/change.ts';
import { freshOrderKeys, isOrderKey } from '../model/order-key.ts';
import { isKeyOf, type ShoppingRootName } from '../model/root-names.ts';
import { aislePlaces, readWalk } from './aisles.ts';
import { shoppingBounds } from './bounds.ts';
import { readStores, splitPair } from './read-stores.ts';
import { keptTripIds } from './read-trips.ts';
import { isStoreId, type StoreId } from './store-id.ts';
import { anyStore } from './store.ts';

/** Keys grow where people keep moving aisles into one spot; above this, a seed numbers a store's aisles anew. */
const maxSeededKeyLength = 32;

/** What the next epoch has of stores, aisles and trips, in key order: what is sound, within the bounds, and of something that is still there. */
export function shoppingWrites(doc: KeyValues, isItemKept: (item: string) => boolean): KeyWrite[] {
  const stores = new Set<string>(
    readStores(doc)
      .slice(0, shoppingBounds.maxStores)
      .map(({ id }) => id),
  );
  const places = new Set([...stores, anyStore]);
  const trips = keptTripIds(doc);
  return [
    ...copied(doc, 'store', (key) => stores.has(key)),
    ...copied(doc, 'at', (key) => isItemKept(splitPair(key).item) && stores.has(splitPair(key).store)),
    ...[...places].sort().flatMap((store) => (isStoreId(store) ? aisleWrites(doc, store) : [])),
    ...copied(doc, 'walk', (key) => places.has(key) && readWalk(doc.read('walk', key)) !== null),
    ...copied(doc, 'trip', (key) => trips.has(key)),
  ];
}

function copied(doc: KeyValues, root: ShoppingRootName, isKept: (key: string) => boolean): KeyWrite[] {
  return [...doc.keys(root)]
    .filter((key) => isKeyOf(root, key) && isKept(key))
    .sort()
    .map((key) => ({ root, key, value: jsonAt(doc, root, key) }));
}

/** Also of categories that this version does not know: another may. */
function aisleWrites(doc: KeyValues, store: StoreId): KeyWrite[] {
  const writes = copied(doc, 'aisle', (key) => key.startsWith(store) && isOrderKey(doc.read('aisle', key)));
  const isLong = ({ value }: KeyWrite) => typeof value === 'string' && value.length > maxSeededKeyLength;
  if (!writes.some(isLong)) return writes.slice(0, shoppingBounds.maxAisles);
  const order = aislePlaces(doc, store);
  const keys = freshOrderKeys(order.length);
  return order.map(({ category }, index) => ({
    root: 'aisle',
    key: `${store}${category}`,
    value: keys[index] ?? null,
  }));
}
