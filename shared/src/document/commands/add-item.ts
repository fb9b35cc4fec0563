import { limits, TrolleyError } from '../../protocol/index.ts';
import type { Entry } from '../entry.ts';
import type { ListDocument } from '../list-document.ts';
import { addAmounts } from '../model/add-amounts.ts';
import { onePiece, tidyAmount, type Amount } from '../model/amount.ts';
import type { CategoryId } from '../model/category.ts';
import type { Change, KeyWrite } from '../model/change.ts';
import type { ItemId } from '../model/item-id.ts';
import type { Author } from '../model/item.ts';
import { writeProduct, writeWanted } from '../model/schema.ts';
import { tidyLine, tidyNote } from '../text/tidy-text.ts';
import { commit } from './commit.ts';
import { findProduct, freeItemId } from './find-product.ts';
import { lastPlace } from './last-place.ts';
import { relistWrites, requireRoom } from './relist.ts';
import { wantWrites } from './stamp.ts';

/** What is typed in to add. Whatever is absent is what the list remembers of the product, or a default. */
export interface NewItem {
  readonly name: string;
  readonly amount?: Amount | null | undefined;
  /** Unit of a product that is new to the list, when no amount says it. */
  readonly unit?: string | undefined;
  readonly note?: string | undefined;
  /** Only for a product that is new to the list: a known one keeps its aisle. */
  readonly category?: CategoryId | undefined;
}

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

/** A `NewItem` as it will be stored. Null: not said. */
interface TidyItem {
  readonly name: string;
  readonly amount: Amount | null;
  readonly unit: string;
  readonly note: string | null;
  readonly category: CategoryId;
}

/**
 * Wants something. A name that the list knows is the product it knows, so nothing is ever on the list twice. Refuses an empty name
 * (`bad-request`), an impossible amount (`bad-request`, `too-large`) and more than `limits.maxItems` items (`too-large`).
 */
export function addItem(doc: ListDocument, input: NewItem, author: Author): AddedItem {
  const tidied = tidy(input);
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
  const change = commit(doc, newWrites(doc, id, tidied, author), author);
  return { id, outcome: 'added', change, listed: null };
}

function tidy(input: NewItem): TidyItem {
  const name = tidyLine(input.name, limits.maxNameLength);
  if (name === '') throw new TrolleyError('bad-request', 'an item has a name');
  return {
    name,
    amount: input.amount ? tidyAmount(input.amount) : null,
    unit: tidyLine(input.unit ?? '', limits.maxUnitLength),
    note: input.note === undefined ? null : tidyNote(input.note, limits.maxNoteLength),
    category: input.category ?? 'other',
  };
}

function newWrites(doc: ListDocument, id: ItemId, item: TidyItem, author: Author): KeyWrite[] {
  const amount = item.amount ?? { ...onePiece, unit: item.unit };
  return [
    { root: 'p', key: id, value: writeProduct({ name: item.name, unit: amount.unit, isHidden: false }) },
    { root: 'category', key: id, value: item.category === 'other' ? null : item.category },
    { root: 'order', key: id, value: lastPlace(doc) },
    ...wantWrites(doc, id, amount, author),
    ...noteWrites(id, item),
  ];
}

/** What was typed again on top of something that is on the list already. */
function detailWrites({ item, product }: Entry, tidied: TidyItem): KeyWrite[] {
  const { amount } = tidied;
  const wanted = item && amount && writeWanted({ at: item.wantedAt, by: item.wantedBy, amount });
  const writes: KeyWrite[] = wanted ? [{ root: 'w', key: product.id, value: wanted }] : [];
  return [...writes, ...noteWrites(product.id, tidied)];
}

function noteWrites(id: ItemId, { note }: TidyItem): KeyWrite[] {
  return note === null ? [] : [{ root: 'note', key: id, value: note === '' ? null : note }];
}
