import type { ListDocument } from '../list-document.ts';
import type { Amount } from '../model/amount.ts';
import type { Change } from '../model/change.ts';
import type { ItemId } from '../model/item-id.ts';
import type { Author } from '../model/item.ts';
import { readProduct, writeProduct } from '../model/schema.ts';
import { commit } from './commit.ts';
import { relistWrites, requireRoom } from './relist.ts';

/** Takes an item off the list; the product stays known. Null when it is not on the list. */
export function removeItem(doc: ListDocument, id: ItemId, author: Author): Change | null {
  return doc.item(id) ? commit(doc, [{ root: 'w', key: id, value: null }], author) : null;
}

/** Takes several off the list, as one edit. Null when none is on it. */
export function removeItems(doc: ListDocument, ids: readonly ItemId[], author: Author): Change | null {
  const listed = ids.filter((id) => doc.item(id));
  return commit(
    doc,
    listed.map((id) => ({ root: 'w', key: id, value: null })),
    author,
  );
}

/** Takes everything that is ticked off the list. Null when nothing is. */
export function clearTicked(doc: ListDocument, author: Author): Change | null {
  const ticked = doc.view.items.filter((item) => item.isTicked);
  return commit(
    doc,
    ticked.map((item) => ({ root: 'w', key: item.id, value: null })),
    author,
  );
}

/** Something that is off the list, and how much of it was wanted; null where that is not known. */
export interface RemovedItem {
  readonly id: ItemId;
  readonly amount: Amount | null;
}

/** Puts known products back on the list, one piece of their usual unit where the amount is not known. Null when all are there. Errors as `addItem`. */
export function restoreItems(doc: ListDocument, items: readonly RemovedItem[], author: Author): Change | null {
  const amounts = new Map(items.map(({ id, amount }) => [id, amount]));
  const entries = [...amounts.keys()].flatMap((id) => doc.entry(id) ?? []).filter((entry) => entry.item === null);
  requireRoom(doc, entries.length);
  return commit(
    doc,
    entries.flatMap((entry) => relistWrites(doc, entry, amounts.get(entry.product.id) ?? null, author)),
    author,
  );
}

/**
 * Stops suggesting a product. It is hidden, not deleted: somebody may be adding it again at this moment, and a want without a
 * product would have no name (rule D2). The next epoch leaves it behind.
 */
export function forgetProduct(doc: ListDocument, id: ItemId, author: Author): Change | null {
  const value = readProduct(doc.read('p', id));
  return value && commit(doc, [{ root: 'p', key: id, value: writeProduct({ ...value, isHidden: true }) }], author);
}
