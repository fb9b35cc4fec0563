import { limits, TrolleyError } from '../../protocol/index.ts';
import type { Entry } from '../entry.ts';
import type { ListDocument } from '../list-document.ts';
import { onePiece, type Amount } from '../model/amount.ts';
import type { KeyWrite } from '../model/change.ts';
import type { Author } from '../model/item.ts';
import { writeProduct } from '../model/schema.ts';
import { lastPlace } from './last-place.ts';
import { wantWrites } from './stamp.ts';

/** Refuses with `too-large` to let the list grow beyond `limits.maxItems`. */
export function requireRoom(doc: ListDocument, count: number): void {
  if (doc.listed.length + count > limits.maxItems) {
    throw new TrolleyError('too-large', `a list holds at most ${limits.maxItems} items`);
  }
}

/** The writes that put a known product back on the list: out of hiding, and with a place if it had lost its own. */
export function relistWrites(doc: ListDocument, entry: Entry, amount: Amount | null, author: Author): KeyWrite[] {
  const { id, name, unit } = entry.product;
  const writes = wantWrites(doc, id, amount ?? { ...onePiece, unit }, author);
  if (entry.isHidden) writes.push({ root: 'p', key: id, value: writeProduct({ name, unit, isHidden: false }) });
  if (entry.order === null) writes.push({ root: 'order', key: id, value: lastPlace(doc) });
  return writes;
}
