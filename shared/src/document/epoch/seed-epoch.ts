import type { Entry } from '../entry.ts';
import { ListDocument } from '../list-document.ts';
import type { KeyWrite } from '../model/change.ts';
import type { ItemId } from '../model/item-id.ts';
import type { Product } from '../model/item.ts';
import type { Json } from '../model/json.ts';
import { toMinute, type Minute } from '../model/minute.ts';
import { freshOrderKeys, isOrderKey } from '../model/order-key.ts';
import { itemRootNames, sharedMetaKeys, type ItemRootName } from '../model/root-names.ts';
import { isStapleMark, readGot, readProduct, readWanted, schemaVersion, writeGot } from '../model/schema.ts';
import { shoppingWrites } from '../shopping/seed-shopping.ts';
import { jsonAt } from './json-at.ts';
import { seededPast } from './past.ts';

/** A year and a week: what is bought once a year is still known the next. */
const rememberedMinutes: Minute = 53 * 7 * 24 * 60;
/** Keys grow where people keep moving things into one spot; above this, a seed numbers the list anew. */
const maxSeededKeyLength = 32;

/**
 * The next epoch's document: what is on the list and the products that are still remembered, written by one client in key order,
 * without the history. Two seeds of one epoch must never meet in one document: the api seeds under the list's row lock.
 */
export function seedEpoch(
  doc: ListDocument,
  nextEpoch: number,
  options: { nowMs: number; clientId?: number },
): ListDocument {
  const { nowMs, ...rest } = options;
  const forgetBefore = toMinute(nowMs) - rememberedMinutes;
  const kept = [...doc.entries()].filter((entry) => isRemembered(entry, forgetBefore));
  const keptIds = new Set<string>(kept.map(({ product }) => product.id));
  const seed = new ListDocument({ ...rest, epoch: nextEpoch });
  seed.write([
    { root: 'meta', key: 'v', value: schemaVersion },
    { root: 'meta', key: 'epoch', value: nextEpoch },
    ...sharedMetaKeys.map((key): KeyWrite => ({ root: 'meta', key, value: jsonAt(doc, 'meta', key) })),
    ...entryWrites(doc, kept),
    ...shoppingWrites(doc, (item) => keptIds.has(item)),
    ...seededPast(doc),
  ]);
  return seed;
}

function isRemembered({ product, isHidden, item }: Entry, forgetBefore: Minute): boolean {
  if (item !== null || isHidden) return item !== null;
  return product.isStaple || (product.lastGotAt !== null && product.lastGotAt >= forgetBefore);
}

function entryWrites(doc: ListDocument, kept: readonly Entry[]): KeyWrite[] {
  const orders = shortOrders(kept);
  const sorted = kept.toSorted((a, b) => compare(a.product.id, b.product.id));
  return itemRootNames.flatMap((root) =>
    sorted.map((entry) => {
      const key = entry.product.id;
      const order = root === 'order' ? orders?.get(key) : undefined;
      return { root, key, value: order ?? seededValue(doc, root, entry) };
    }),
  );
}

/** The raw value, if anybody could make something of it. Who bought what is off the list is not kept. */
function seededValue(doc: ListDocument, root: ItemRootName, { product, item }: Entry): Json {
  if (root === 'g' && item === null) return seededGot(product);
  const value = jsonAt(doc, root, product.id);
  return isSound[root](value) ? value : null;
}

/** Without gaps as short as it can be: whoever bought it is not said. */
function seededGot({ lastGotAt, gaps }: Product): Json {
  if (lastGotAt === null) return null;
  return gaps.length === 0 ? [lastGotAt] : writeGot({ at: lastGotAt, by: null, gaps });
}

const isText = (value: unknown) => typeof value === 'string';
const isSound: Readonly<Record<ItemRootName, (value: unknown) => boolean>> = {
  p: (value) => readProduct(value) !== null,
  w: (value) => readWanted(value) !== null,
  g: (value) => readGot(value) !== null,
  order: isOrderKey,
  note: isText,
  category: isText,
  staple: isStapleMark,
};

/** Fresh keys in the same order, when some have grown long; otherwise null. */
function shortOrders(entries: readonly Entry[]): Map<ItemId, string> | null {
  const placed = entries.flatMap(({ product: { id }, order }) => (order === null ? [] : { id, order }));
  if (placed.every(({ order }) => order.length <= maxSeededKeyLength)) return null;
  const sorted = placed.sort((a, b) => compare(a.order, b.order) || compare(a.id, b.id));
  const orders = new Map<ItemId, string>();
  for (const [i, key] of freshOrderKeys(sorted.length).entries()) {
    const entry = sorted[i];
    if (entry) orders.set(entry.id, key);
  }
  return orders;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
