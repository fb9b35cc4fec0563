import type { KeyValues } from '../epoch/key-values.ts';
import { categoryIds, isCategoryId, type CategoryId } from '../model/category.ts';
import { isUnknownArray } from '../model/json.ts';
import { freshOrderKeys, isOrderKey } from '../model/order-key.ts';
import type { StoreId } from './store-id.ts';

/** The way through a store. */
export interface Aisles {
  readonly order: readonly CategoryId[];
  /** Who says so: most shops are like that, trips have shown it, or somebody has put it so. */
  readonly from: 'usual' | 'learnt' | 'own';
}

/** An aisle and the fractional index that it stands at. */
export interface AislePlace {
  readonly category: CategoryId;
  readonly key: string;
}

/**
 * The aisles of a store, in order. Only an aisle that somebody has moved has a key of its own; the others stand at the keys that the learnt
 * order, or else the usual one, gives them. So two people who each move another aisle at the same moment both get what they wanted.
 */
export function readAisles(doc: KeyValues, store: StoreId): Aisles {
  const walk = readWalk(doc.read('walk', store));
  const isOwn = categoryIds.some((category) => isOrderKey(doc.read('aisle', `${store}${category}`)));
  const from = isOwn ? 'own' : walk === null ? 'usual' : 'learnt';
  return { order: aislePlaces(doc, store).map(({ category }) => category), from };
}

/** All aisles of a store with their keys, in order. */
export function aislePlaces(doc: KeyValues, store: StoreId): readonly AislePlace[] {
  const base = readWalk(doc.read('walk', store)) ?? categoryIds;
  const keys = freshOrderKeys(base.length);
  return base
    .map((category, index): AislePlace => {
      const own = doc.read('aisle', `${store}${category}`);
      return { category, key: isOrderKey(own) ? own : (keys[index] ?? '') };
    })
    .sort((a, b) => (a.key === b.key ? compare(a.category, b.category) : compare(a.key, b.key)));
}

/** A learnt order with every category once; those that it does not name come last. Null for a value that is none. */
export function readWalk(value: unknown): readonly CategoryId[] | null {
  if (!isUnknownArray(value)) return null;
  const learnt = value.filter(isCategoryId);
  return learnt.length === 0 ? null : [...new Set([...learnt, ...categoryIds])];
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
