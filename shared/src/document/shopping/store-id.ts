import type { Brand } from 'valibot';
import { isKeyOf } from '../model/root-names.ts';

/** Names a store of a list: made from its name, so that two phones that both add it offline make one. */
export type StoreId = string & Brand<'StoreId'>;

export function isStoreId(value: unknown): value is StoreId {
  return typeof value === 'string' && isKeyOf('store', value);
}

/** The id that a text is. Throws a `RangeError` for one that is none. */
export function requireStoreId(id: string): StoreId {
  if (!isStoreId(id)) throw new RangeError('no id of a store');
  return id;
}
