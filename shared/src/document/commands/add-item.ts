import type { ListDocument } from '../list-document.ts';
import { addAmounts } from '../model/add-amounts.ts';
import { onePiece, type Amount } from '../model/amount.ts';
import type { Change } from '../model/change.ts';
import type { ItemId } from '../model/item-id.ts';
import type { Author } from '../model/item.ts';
import { commit } from './commit.ts';
import { findProduct, freeItemId } from './find-product.ts';
import { lastPlace } from './last-place.ts';
import { detailWrites, newWrites, noteWrites, tidyItem, type NewItem } from './new-item.ts';
import { relistWrites, requireRoom } from './relist.ts';

export interface AddedItem {
  readonly id: ItemId;
  /** `relisted`: the list knew it, or it was ticked and is wanted again. */
  readonly outcome: 'added' | 'already-listed' | 'relisted';
  readonly change: Change | null;
  /** Null unless it is `already-listed`. */
  readonly listed: Listed | null;
}

/** How much of something was wanted when it was typed again. `raiseAmount` makes it both. */
export interface Listed {
  readonly before: Amount;
  /** How much is wanted now: what was typed, or as before when no amount was. */
  readonly now: Amount;
  /** What was there and what was typed, one piece if that was not said. Null when the two do not add up. */
  readonly raised: Amount | null;
}

/**
 * Wants something. A name that the list knows is the product it knows, so nothing is ever on the list twice. Refuses an empty name
 * (`bad-request`), an impossible amount (`bad-request`, `too-large`) and more than `limits.maxItems` items (`too-large`).
 */
export function addItem(doc: ListDocument, input: NewItem, author: Author): AddedItem {
  const tidied = tidyItem(input);
  const known = findProduct(doc, tidied.name);
  if (known?.item && !known.item.isTicked) {
    const before = known.item.amount;
    const listed = { before, now: tidied.amount ?? before, raised: addAmounts(before, tidied.amount ?? onePiece) };
    const change = commit(doc, detailWrites(known, tidied), author);
    return { id: known.item.id, outcome: 'already-listed', change, listed };
  }
  if (!known?.item) requireRoom(doc, 1);
  if (known) {
    const writes = [...relistWrites(doc, known, tidied.amount, author), ...noteWrites(known.product.id, tidied)];
    return { id: known.product.id, outcome: 'relisted', change: commit(doc, writes, author), listed: null };
  }
  const id = freeItemId(doc, tidied.name);
  const change = commit(doc, newWrites(doc, tidied, { id, place: lastPlace(doc) }, author), author);
  return { id, outcome: 'added', change, listed: null };
}
