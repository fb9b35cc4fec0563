import { generateNKeysBetween } from 'fractional-indexing';
import type { Entry } from '../item-index.ts';
import { ListDocument } from '../list-document.ts';
import type { ItemId } from '../model/item-id.ts';
import { toMinute, type Minute } from '../model/minute.ts';
import { itemRootNames } from '../model/root-names.ts';
import { schemaVersion } from '../model/schema.ts';
import { jsonAt } from './json-at.ts';

/** A year and a month: what is bought once a year is still known the next. */
const rememberedMinutes: Minute = 56 * 7 * 24 * 60;
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
  const kept = [...doc.entries()]
    .filter((entry) => isRemembered(entry, forgetBefore))
    .map(({ product }) => product.id)
    .sort();
  const seed = new ListDocument({ ...rest, epoch: nextEpoch });
  const orders = shortOrders(doc, kept);
  seed.write([
    { root: 'meta', key: 'v', value: schemaVersion },
    { root: 'meta', key: 'epoch', value: nextEpoch },
    { root: 'meta', key: 'title', value: doc.view.title },
    ...itemRootNames.flatMap((root) =>
      kept.map((key) => ({
        root,
        key,
        value: (root === 'order' ? orders?.get(key) : undefined) ?? jsonAt(doc, root, key),
      })),
    ),
  ]);
  return seed;
}

function isRemembered({ product, isHidden, item }: Entry, forgetBefore: Minute): boolean {
  return item !== null || (!isHidden && product.lastGotAt !== null && product.lastGotAt >= forgetBefore);
}

/** Fresh keys in the same order, when some have grown long; otherwise null. */
function shortOrders(doc: ListDocument, ids: readonly ItemId[]): Map<ItemId, string> | null {
  const ordered = ids
    .flatMap((id) => {
      const order = doc.entry(id)?.order ?? null;
      return order === null ? [] : { id, order };
    })
    .sort((a, b) => (a.order === b.order ? compare(a.id, b.id) : compare(a.order, b.order)));
  if (ordered.every(({ order }) => order.length <= maxSeededKeyLength)) return null;
  const keys = generateNKeysBetween(null, null, ordered.length);
  return new Map(ordered.flatMap(({ id }, i) => (keys[i] === undefined ? [] : [[id, keys[i]] as const])));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
