import type { ListDocument } from '../list-document.ts';
import { orderKeyBetween } from '../model/order-key.ts';

/**
 * A key behind everything that is known, listed or not: the list also remembers the way through the shop. Null, which also sorts
 * last, when somebody has made a key that nothing fits behind.
 */
export function lastPlace(doc: ListDocument): string | null {
  let last: string | null = null;
  for (const { order } of doc.entries()) if (order !== null && (last === null || order > last)) last = order;
  return orderKeyBetween(last, null);
}
