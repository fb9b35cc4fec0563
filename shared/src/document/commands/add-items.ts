import { limits } from '../../protocol/index.ts';
import type { Entry } from '../entry.ts';
import type { ListDocument } from '../list-document.ts';
import { addAmounts } from '../model/add-amounts.ts';
import type { Amount } from '../model/amount.ts';
import type { Change, KeyWrite } from '../model/change.ts';
import type { ItemId } from '../model/item-id.ts';
import type { Author, Item } from '../model/item.ts';
import { orderKeyBetween } from '../model/order-key.ts';
import { formatAmount } from '../text/amount-text.ts';
import { normaliseName, tidyNote } from '../text/tidy-text.ts';
import { commit } from './commit.ts';
import { findProducts, freeItemId } from './find-product.ts';
import { lastPlace } from './last-place.ts';
import { detailWrites, newWrites, noteWrites, tidyItem, type NewItem, type TidyItem } from './new-item.ts';
import { relistWrites } from './relist.ts';

/** What came of adding many at once. */
export interface AddedItems {
  /** Items that were not to buy before. */
  readonly added: readonly ItemId[];
  /** How many were to buy already. */
  readonly listed: number;
  /** How many found no room: a list holds at most `limits.maxItems`. */
  readonly leftOut: number;
  readonly change: Change | null;
}

/**
 * Wants many things as one edit. What is named twice is one item, and amounts add up where they can. What is to buy already is given the amount
 * that was typed; with `isOnTop` it is given both amounts, as when something comes from another list, and one that does not add up becomes
 * a note. Errors as `addItem`, but for a full list, which takes as many as fit.
 */
export function addItems(
  doc: ListDocument,
  inputs: readonly NewItem[],
  author: Author,
  { isOnTop = false } = {},
): AddedItems {
  const known = findProducts(doc);
  const places = new NewPlaces(doc);
  const added: ItemId[] = [];
  const writes: KeyWrite[] = [];
  let room = limits.maxItems - doc.listed.length;
  let [listed, leftOut] = [0, 0];
  for (const [name, item] of onceEach(inputs)) {
    const entry = known.get(name);
    const isListed = entry !== undefined && entry.item !== null;
    if (entry?.item?.isTicked === false) {
      listed += 1;
      writes.push(...(isOnTop ? onTop(entry.item, entry, item) : detailWrites(entry, item)));
    } else if (room <= 0 && !isListed) {
      leftOut += 1;
    } else {
      room -= isListed ? 0 : 1;
      const [id, wanted] = entry ? relisted(doc, entry, item, author) : begun(doc, places, item, author);
      added.push(id);
      writes.push(...wanted);
    }
  }
  return { added, listed, leftOut, change: commit(doc, writes, author) };
}

/** Ids and places for products that the list does not know yet. */
class NewPlaces {
  readonly #doc: ListDocument;
  readonly #taken = new Set<ItemId>();
  #place: string | null;

  constructor(doc: ListDocument) {
    this.#doc = doc;
    this.#place = lastPlace(doc);
  }

  next(name: string): { id: ItemId; place: string | null } {
    const place = this.#place;
    const id = freeItemId(this.#doc, name, this.#taken);
    this.#taken.add(id);
    this.#place = place === null ? null : orderKeyBetween(place, null);
    return { id, place };
  }
}

function begun(doc: ListDocument, places: NewPlaces, item: TidyItem, author: Author): [ItemId, KeyWrite[]] {
  const at = places.next(item.name);
  return [at.id, newWrites(doc, item, at, author)];
}

function relisted(doc: ListDocument, entry: Entry, item: TidyItem, author: Author): [ItemId, KeyWrite[]] {
  const { id } = entry.product;
  return [id, [...relistWrites(doc, entry, item.amount, author), ...noteWrites(id, item)]];
}

/** By normalised name, in the order in which they were first named. */
function onceEach(inputs: readonly NewItem[]): Map<string, TidyItem> {
  const items = new Map<string, TidyItem>();
  for (const input of inputs) {
    const item = tidyItem(input);
    const name = normaliseName(item.name);
    const before = items.get(name);
    items.set(name, before === undefined ? item : { ...before, ...joined(before, item) });
  }
  return items;
}

/** Both amounts and both notes. */
function onTop(item: Item, entry: Entry, more: TidyItem): KeyWrite[] {
  const note = item.note === '' ? null : item.note;
  return detailWrites(entry, joined({ amount: item.amount, note }, more));
}

type Details = Pick<TidyItem, 'amount' | 'note'>;

function joined(before: Details, more: Details): Details {
  if (before.amount === null || more.amount === null) {
    return { amount: before.amount ?? more.amount, note: joinNotes(before.note, more.note) };
  }
  const amount = addAmounts(before.amount, more.amount);
  const notes = joinNotes(before.note, more.note);
  return amount === null
    ? { amount: before.amount, note: joinNotes(notes, said(more.amount)) }
    : { amount, note: notes };
}

function said(amount: Amount): string {
  return `+ ${formatAmount(amount) || '1'}`;
}

function joinNotes(a: string | null, b: string | null): string | null {
  if (a === null || b === null || b === '' || a === b) return a ?? b;
  return a === '' ? b : tidyNote(`${a}, ${b}`, limits.maxNoteLength);
}
