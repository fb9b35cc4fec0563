import type { ListDocument } from '../list-document.ts';
import type { Change } from '../model/change.ts';
import type { ItemId } from '../model/item-id.ts';
import type { Author } from '../model/item.ts';
import type { Listed } from './add-item.ts';
import { setAmount } from './edit-item.ts';

/**
 * Wants both what was on the list and what was typed on top of it. The sum is one value and merges like every amount. Null, and nothing
 * changes, when the two do not add up, when the item is not to buy any more, and when its amount has been changed since: then the sum
 * would take back what somebody has said later.
 */
export function raiseAmount(
  doc: ListDocument,
  id: ItemId,
  { now, raised }: Pick<Listed, 'now' | 'raised'>,
  author: Author,
): Change | null {
  const item = doc.item(id);
  const isAsOffered =
    item?.isTicked === false && item.amount.quantity === now.quantity && item.amount.unit === now.unit;
  return isAsOffered && raised !== null ? setAmount(doc, id, raised, author) : null;
}
