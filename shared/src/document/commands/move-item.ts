import { commit } from './commit.ts';
import type { Change } from '../model/change.ts';
import type { Author } from '../model/item.ts';
import type { ItemId } from '../model/item-id.ts';
import type { ListDocument } from '../list-document.ts';
import { orderKeyBetween } from '../model/order-key.ts';

/** Where to move to: behind an item that is on the list, or with null to the top. */
export interface Place {
  readonly after: ItemId | null;
}

/**
 * Moves an item. Null when it is not on the list. Concurrent moves into one gap make equal keys, so the neighbour that bounds the
 * new key is the next one with a greater key, and keys that are no keys are passed over.
 */
export function moveItem(doc: ListDocument, id: ItemId, { after }: Place, author: Author): Change | null {
  if (!doc.item(id) || after === id) return null;
  const others = doc.listed.filter((entry) => entry.product.id !== id);
  const index = after === null ? -1 : others.findIndex((entry) => entry.product.id === after);
  if (after !== null && index === -1) return null;
  const keysBefore = others.slice(0, index + 1).flatMap(({ order }) => order ?? []);
  const lower = keysBefore.at(-1) ?? null;
  const upper = others.slice(index + 1).find(({ order }) => order !== null && (lower === null || order > lower));
  return commit(doc, [{ root: 'order', key: id, value: orderKeyBetween(lower, upper?.order ?? null) }], author);
}
