import { hashedId } from '../model/item-id.ts';
import { hasOwn } from '../model/json.ts';
import { normaliseName } from '../text/tidy-text.ts';
import { shoppingBounds } from './bounds.ts';
import { requireStoreId, type StoreId } from './store-id.ts';

/** A shop that a list is bought in. */
export interface Store {
  readonly id: StoreId;
  readonly name: string;
}

/** The id under which the name of a store is first looked for; `probe` counts those that were taken by another. */
export function storeIdOf(name: string, probe = 0): StoreId {
  return requireStoreId(hashedId(`store ${normaliseName(name)}#${probe}`));
}

/** Stands for wherever one shops who has not said where: it has aisles like a store, and no name. */
export const anyStore: StoreId = requireStoreId('00000000');

/** The name in a value of `store`; null where there is none that counts. */
export function readStoreName(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !hasOwn(value, 'name')) return null;
  const { name } = value;
  const isName = typeof name === 'string' && name.trim() !== '' && name.length <= shoppingBounds.maxStoreNameLength;
  return isName ? name : null;
}
