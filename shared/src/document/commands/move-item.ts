import type { Entry } from '../entry.ts';
import type { ListDocument } from '../list-document.ts';
import type { Change, KeyWrite } from '../model/change.ts';
import type { ItemId } from '../model/item-id.ts';
import type { Author } from '../model/item.ts';
import { freshOrderKeys, orderKeyBetween } from '../model/order-key.ts';
import { commit } from './commit.ts';

/** Where to move to: behind an item that is on the list, or with null to the top. */
export interface Place {
  readonly after: ItemId | null;
}

/**
 * Moves an item. Null when it is not on the list, or the place is not. Concurrent moves into one gap make equal keys, so what bounds
 * the new key is the next greater one; keys that are no keys are passed over. Where no key fits any more, all are numbered anew.
 */
export function moveItem(doc: ListDocument, id: ItemId, { after }: Place, author: Author): Change | null {
  const moved = doc.listed.find((entry) => entry.product.id === id);
  const others = doc.listed.filter((entry) => entry !== moved);
  const index = after === null ? 0 : others.findIndex((entry) => entry.product.id === after) + 1;
  if (moved === undefined || (after !== null && index === 0)) return null;
  const key = keyAt(others, index);
  return commit(doc, key === null ? renumbered(others.toSpliced(index, 0, moved)) : [orderWrite(moved, key)], author);
}

function keyAt(others: readonly Entry[], index: number): string | null {
  const lower = others.slice(0, index).findLast(({ order }) => order !== null)?.order ?? null;
  const upper = others.slice(index).find(({ order }) => order !== null && (lower === null || order > lower));
  return orderKeyBetween(lower, upper?.order ?? null);
}

function renumbered(entries: readonly Entry[]): KeyWrite[] {
  const keys = freshOrderKeys(entries.length);
  return entries.map((entry, i) => orderWrite(entry, keys[i] ?? null));
}

function orderWrite({ product }: Entry, value: string | null): KeyWrite {
  return { root: 'order', key: product.id, value };
}
