import { limits, TrolleyError } from '../../protocol/index.ts';
import type { ListDocument } from '../list-document.ts';
import type { Entry } from '../entry.ts';
import { onePiece, tidyAmount, type Amount } from '../model/amount.ts';
import type { CategoryId } from '../model/category.ts';
import type { KeyWrite } from '../model/change.ts';
import type { ItemId } from '../model/item-id.ts';
import type { Author } from '../model/item.ts';
import { writeProduct, writeWanted } from '../model/schema.ts';
import { tidyLine, tidyNote } from '../text/tidy-text.ts';
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

/** A `NewItem` as it will be stored. Null: not said. */
export interface TidyItem {
  readonly name: string;
  readonly amount: Amount | null;
  readonly unit: string;
  readonly note: string | null;
  readonly category: CategoryId;
}

/** Refuses an empty name (`bad-request`) and an impossible amount (`bad-request`, `too-large`). */
export function tidyItem(input: NewItem): TidyItem {
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

/** The writes that make a product known and want it, at a place of the list. */
export function newWrites(
  doc: ListDocument,
  item: TidyItem,
  { id, place }: { id: ItemId; place: string | null },
  author: Author,
): KeyWrite[] {
  const amount = item.amount ?? { ...onePiece, unit: item.unit };
  const product = { name: item.name, unit: amount.unit, isHidden: false };
  return [
    { root: 'p', key: id, value: writeProduct(product) },
    { root: 'category', key: id, value: item.category === 'other' ? null : item.category },
    { root: 'order', key: id, value: place },
    ...wantWrites(doc, id, amount, author),
    ...noteWrites(id, item),
  ];
}

/** What was typed again on top of something that is on the list already. */
export function detailWrites({ item, product }: Entry, tidied: Pick<TidyItem, 'amount' | 'note'>): KeyWrite[] {
  const { amount } = tidied;
  const wanted = item && amount && writeWanted({ at: item.wantedAt, by: item.wantedBy, amount });
  const writes: KeyWrite[] = wanted ? [{ root: 'w', key: product.id, value: wanted }] : [];
  return [...writes, ...noteWrites(product.id, tidied)];
}

export function noteWrites(id: ItemId, { note }: Pick<TidyItem, 'note'>): KeyWrite[] {
  return note === null ? [] : [{ root: 'note', key: id, value: note === '' ? null : note }];
}
