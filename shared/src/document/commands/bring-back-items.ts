import type { Entry } from '../entry.ts';
import type { ListDocument } from '../list-document.ts';
import type { Change, KeyWrite } from '../model/change.ts';
import type { ItemId } from '../model/item-id.ts';
import type { Author, Item } from '../model/item.ts';
import { readWanted, writeProduct, writeWanted } from '../model/schema.ts';
import { commit } from './commit.ts';
import { findProduct } from './find-product.ts';
import { lastPlace } from './last-place.ts';
import { relistWrites, requireRoom } from './relist.ts';
import { gotWrite, wantWrites } from './stamp.ts';

/** As much of an item of the past as it takes to bring it back. */
export type PastItem = Pick<Item, 'id' | 'name' | 'amount' | 'note' | 'category' | 'isTicked'>;

/**
 * Makes items as they once were, in one edit: on the list, with their amount, note and aisle, in the trolley if they were there. Everything
 * else stays, also the names that products have by now. Null when all of them are so already. Errors as `addItem`.
 */
export function bringBackItems(doc: ListDocument, items: readonly PastItem[], author: Author): Change | null {
  const targets = items.map((past) => ({ past, entry: doc.entry(past.id) ?? findProduct(doc, past.name) ?? null }));
  requireRoom(doc, targets.filter(({ entry }) => !entry?.item).length);
  const writes = targets.flatMap(({ past, entry }) => [
    ...(entry === null ? newWrites(doc, past, author) : knownWrites(doc, past, entry, author)),
  ]);
  return commit(doc, writes, author);
}

/** For a product that an epoch has left behind. */
function newWrites(doc: ListDocument, past: PastItem, author: Author): KeyWrite[] {
  const { id, name, amount } = past;
  const wants = wantWrites(doc, id, amount, author);
  return [
    { root: 'p', key: id, value: writeProduct({ name, unit: amount.unit, isHidden: false }) },
    { root: 'order', key: id, value: lastPlace(doc) },
    ...wants,
    ...tickWrites(doc, id, past, wants, author),
    ...detailWrites(id, past),
  ];
}

function knownWrites(doc: ListDocument, past: PastItem, entry: Entry, author: Author): KeyWrite[] {
  const { item, product } = entry;
  const details = detailWrites(product.id, past).filter(
    ({ root }) => root !== 'category' || product.category !== past.category,
  );
  if (item !== null && (past.isTicked || !item.isTicked)) {
    const value = writeWanted({ at: item.wantedAt, by: item.wantedBy, amount: past.amount });
    const ticks = past.isTicked && !item.isTicked ? [gotWrite(doc, item, author)] : [];
    return [{ root: 'w', key: item.id, value }, ...ticks, ...details];
  }
  const wants = relistWrites(doc, entry, past.amount, author);
  return [...wants, ...tickWrites(doc, product.id, past, wants, author), ...details];
}

/** The tick of something that is wanted anew by `wants`. */
function tickWrites(
  doc: ListDocument,
  id: ItemId,
  past: PastItem,
  wants: readonly KeyWrite[],
  author: Author,
): KeyWrite[] {
  const wanted = readWanted(wants.find(({ root }) => root === 'w')?.value);
  return past.isTicked && wanted !== null ? [gotWrite(doc, { id, wantedAt: wanted.at }, author)] : [];
}

function detailWrites(id: ItemId, { note, category }: PastItem): KeyWrite[] {
  return [
    { root: 'note', key: id, value: note === '' ? null : note },
    { root: 'category', key: id, value: category === 'other' ? null : category },
  ];
}
