import type { ListDocument } from '../list-document.ts';
import type { Change } from '../model/change.ts';
import type { ItemId } from '../model/item-id.ts';
import type { Author } from '../model/item.ts';
import { commit } from './commit.ts';
import { gotWrite, wantWrites } from './stamp.ts';

/** Puts an item in the trolley. Null when it is not on the list or ticked already. */
export function tickItem(doc: ListDocument, id: ItemId, author: Author): Change | null {
  const item = doc.item(id);
  return item && !item.isTicked ? commit(doc, [gotWrite(doc, item, author)], author) : null;
}

/** Takes it out again. Null when it is not ticked. */
export function untickItem(doc: ListDocument, id: ItemId, author: Author): Change | null {
  const item = doc.item(id);
  return item?.isTicked ? commit(doc, wantWrites(doc, id, item.amount, author), author) : null;
}
