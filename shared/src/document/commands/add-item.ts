import { commit } from './commit.ts';
import { limits, TrolleyError } from '../../protocol/index.ts';
import { onePiece, tidyAmount, type Amount } from '../model/amount.ts';
import type { CategoryId } from '../model/category.ts';
import type { Change, KeyWrite } from '../model/change.ts';
import type { Author } from '../model/item.ts';
import type { ItemId } from '../model/item-id.ts';
import type { Entry } from '../item-index.ts';
import type { ListDocument } from '../list-document.ts';
import { orderKeyBetween } from '../model/order-key.ts';
import { readProduct, writeProduct, writeWanted } from '../model/schema.ts';
import { tidyLine, tidyNote } from '../text/tidy-text.ts';
import { findProduct, freeItemId } from './find-product.ts';
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
}

/**
 * Wants something. A name that the list knows is the product it knows, so nothing is ever on the list twice. Refuses an empty name
 * (`bad-request`), an impossible amount (`bad-request`, `too-large`) and more than `limits.maxItems` items (`too-large`).
 */
export function addItem(doc: ListDocument, input: NewItem, author: Author): AddedItem {
  const name = tidyLine(input.name, limits.maxNameLength);
  if (name === '') throw new TrolleyError('bad-request', 'an item has a name');
  const amount = input.amount ? tidyAmount(input.amount) : null;
  const known = findProduct(doc, name);
  if (known?.item && !known.item.isTicked) {
    return {
      id: known.product.id,
      outcome: 'already-listed',
      change: commit(doc, detailWrites(known, amount, input), author),
    };
  }
  if (!known?.item) requireRoom(doc, 1);
  if (known)
    return {
      id: known.product.id,
      outcome: 'relisted',
      change: commit(doc, relistWrites(doc, known, amount, input, author), author),
    };
  const id = freeItemId(doc, name);
  return { id, outcome: 'added', change: commit(doc, newWrites(doc, id, name, amount, input, author), author) };
}

/** Refuses to let the list grow beyond `limits.maxItems`. */
export function requireRoom(doc: ListDocument, count: number): void {
  if (doc.listed.length + count > limits.maxItems) {
    throw new TrolleyError('too-large', `a list holds at most ${limits.maxItems} items`);
  }
}

/** The writes that put a known product back on the list. */
export function relistWrites(
  doc: ListDocument,
  { product, isHidden, order }: Entry,
  amount: Amount | null,
  input: Pick<NewItem, 'note'>,
  author: Author,
): KeyWrite[] {
  const { id, unit } = product;
  const writes = wantWrites(doc, id, amount ?? { quantity: 1, unit }, author);
  const value = readProduct(doc.read('p', id));
  if (isHidden && value) writes.push({ root: 'p', key: id, value: writeProduct({ ...value, isHidden: false }) });
  if (order === null) writes.push({ root: 'order', key: id, value: orderKeyBetween(lastOrder(doc), null) });
  return [...writes, ...noteWrites(id, input)];
}

function newWrites(
  doc: ListDocument,
  id: ItemId,
  name: string,
  amount: Amount | null,
  input: NewItem,
  author: Author,
): KeyWrite[] {
  const wanted = amount ?? { ...onePiece, unit: tidyLine(input.unit ?? '', limits.maxUnitLength) };
  return [
    { root: 'p', key: id, value: writeProduct({ name, unit: wanted.unit, isHidden: false }) },
    { root: 'category', key: id, value: input.category ?? 'other' },
    { root: 'order', key: id, value: orderKeyBetween(lastOrder(doc), null) },
    ...wantWrites(doc, id, wanted, author),
    ...noteWrites(id, input),
  ];
}

/** What was typed again on top of something that is on the list already. */
function detailWrites({ item, product }: Entry, amount: Amount | null, input: NewItem): KeyWrite[] {
  const wanted: KeyWrite[] =
    item && amount
      ? [{ root: 'w', key: item.id, value: writeWanted({ at: item.wantedAt, by: item.wantedBy, amount }) }]
      : [];
  return [...wanted, ...noteWrites(product.id, input)];
}

function noteWrites(id: ItemId, { note }: Pick<NewItem, 'note'>): KeyWrite[] {
  if (note === undefined) return [];
  const tidied = tidyNote(note, limits.maxNoteLength);
  return [{ root: 'note', key: id, value: tidied === '' ? null : tidied }];
}

/** The greatest key of all that is known, listed or not: the list also remembers the way through the shop. */
function lastOrder(doc: ListDocument): string | null {
  let last: string | null = null;
  for (const { order } of doc.entries()) if (order !== null && (last === null || order > last)) last = order;
  return last;
}
