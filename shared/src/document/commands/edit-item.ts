import { limits, TrolleyError } from '../../protocol/index.ts';
import type { ListDocument } from '../list-document.ts';
import { tidyAmount, type Amount } from '../model/amount.ts';
import type { CategoryId } from '../model/category.ts';
import type { Change } from '../model/change.ts';
import type { ItemId } from '../model/item-id.ts';
import type { Author } from '../model/item.ts';
import { readProduct, stapleMark, writeProduct, writeWanted } from '../model/schema.ts';
import { tidyLine, tidyNote } from '../text/tidy-text.ts';
import { commit } from './commit.ts';

/** Sets how much is wanted. Null when the item is not on the list. Errors as `tidyAmount`. */
export function setAmount(doc: ListDocument, id: ItemId, amount: Amount, author: Author): Change | null {
  const item = doc.item(id);
  const tidied = tidyAmount(amount);
  if (!item) return null;
  return commit(
    doc,
    [{ root: 'w', key: id, value: writeWanted({ at: item.wantedAt, by: item.wantedBy, amount: tidied }) }],
    author,
  );
}

/** Sets the note; an empty one takes it away. It stays with the product. Null when the list does not know the product. */
export function setNote(doc: ListDocument, id: ItemId, note: string, author: Author): Change | null {
  if (!doc.entry(id)) return null;
  const tidied = tidyNote(note, limits.maxNoteLength);
  return commit(doc, [{ root: 'note', key: id, value: tidied === '' ? null : tidied }], author);
}

/** Moves a product to another aisle. Null when the list does not know it. */
export function setCategory(doc: ListDocument, id: ItemId, category: CategoryId, author: Author): Change | null {
  return doc.entry(id) ? commit(doc, [{ root: 'category', key: id, value: category }], author) : null;
}

/** Marks a product as a staple, or as none any more. Null when the list does not know it. */
export function setStaple(doc: ListDocument, id: ItemId, isStaple: boolean, author: Author): Change | null {
  return doc.entry(id) ? commit(doc, [{ root: 'staple', key: id, value: isStaple ? stapleMark : null }], author) : null;
}

/** Gives a product another name; its id stays. Null when the list does not know it. Refuses an empty name with `bad-request`. */
export function renameItem(doc: ListDocument, id: ItemId, name: string, author: Author): Change | null {
  const value = readProduct(doc.read('p', id));
  const tidied = tidyLine(name, limits.maxNameLength);
  if (tidied === '') throw new TrolleyError('bad-request', 'an item has a name');
  return value && commit(doc, [{ root: 'p', key: id, value: writeProduct({ ...value, name: tidied }) }], author);
}
