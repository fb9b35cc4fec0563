import type { Entry } from '../entry.ts';
import type { ListDocument } from '../list-document.ts';
import { itemIdOf, type ItemId } from '../model/item-id.ts';
import { normalisedNameOf } from '../text/name-forms.ts';
import { normaliseName } from '../text/tidy-text.ts';

/**
 * What the list knows under a name. A product may have been renamed to it, and two phones may have done so at once: then the one on
 * the list is meant, and among equals the one with the smaller id, so that every phone means the same.
 */
export function findProduct(doc: ListDocument, name: string): Entry | undefined {
  const wanted = normaliseName(name);
  let found: Entry | undefined;
  for (const entry of doc.entries()) {
    if (normalisedNameOf(entry.product) !== wanted) continue;
    if (found === undefined || isPreferred(entry, found)) found = entry;
  }
  return found;
}

/** The id for a product that the list does not know yet. Ids that renamed products or colliding names have taken are passed over. */
export function freeItemId(doc: ListDocument, name: string): ItemId {
  for (let probe = 0; ; probe++) {
    const id = itemIdOf(name, probe);
    if (doc.entry(id) === undefined) return id;
  }
}

function isPreferred(a: Entry, b: Entry): boolean {
  const [isListedA, isListedB] = [a.item !== null, b.item !== null];
  return isListedA === isListedB ? a.product.id < b.product.id : isListedA;
}
