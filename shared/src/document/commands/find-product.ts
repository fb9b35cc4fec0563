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

/** Everything that the list knows, by its normalised name: what `findProduct` would find, for many names at once. */
export function findProducts(doc: ListDocument): Map<string, Entry> {
  const found = new Map<string, Entry>();
  for (const entry of doc.entries()) {
    const name = normalisedNameOf(entry.product);
    const other = found.get(name);
    if (other === undefined || isPreferred(entry, other)) found.set(name, entry);
  }
  return found;
}

/**
 * The id for a product that the list does not know yet. Ids that renamed products or colliding names have taken are passed over, and those
 * that are about to be.
 */
export function freeItemId(doc: ListDocument, name: string, taken: ReadonlySet<ItemId> = new Set()): ItemId {
  for (let probe = 0; ; probe++) {
    const id = itemIdOf(name, probe);
    if (doc.entry(id) === undefined && !taken.has(id)) return id;
  }
}

function isPreferred(a: Entry, b: Entry): boolean {
  const [isListedA, isListedB] = [a.item !== null, b.item !== null];
  return isListedA === isListedB ? a.product.id < b.product.id : isListedA;
}
