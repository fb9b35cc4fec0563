import type { ListDocument } from './list-document.ts';
import type { ItemId } from './model/item-id.ts';
import { readGot, type GotValue } from './model/schema.ts';

/** When and by whom something was last put in the trolley, on the list or not any more; null when that is not known. */
export function lastGot(doc: ListDocument, id: ItemId): GotValue | null {
  return readGot(doc.read('g', id));
}
