import { limits } from '../protocol/index.ts';
import { isCategoryId } from './model/category.ts';
import type { ItemId } from './model/item-id.ts';
import type { Item, Product } from './model/item.ts';
import { isSameJson } from './model/json.ts';
import { isOrderKey } from './model/order-key.ts';
import type { RootName } from './model/root-names.ts';
import {
  isStapleMark,
  readGot,
  readProduct,
  readText,
  readWanted,
  type GotValue,
  type WantedValue,
} from './model/schema.ts';

/** What is known of one id, read from the document's maps. */
export interface Entry {
  readonly product: Product;
  readonly isHidden: boolean;
  /** Null when it is not on the list. */
  readonly item: Item | null;
  /** Null when it has no valid fractional index; such items come last. */
  readonly order: string | null;
}

/** Reads the value of a key as it stands in the document. */
export type ReadValue = (root: RootName, key: string) => unknown;

/** What the maps say of an id; null without a product, because a want without a name is none. */
export function readEntry(read: ReadValue, id: ItemId): Entry | null {
  const value = readProduct(read('p', id));
  if (value === null) return null;
  const wanted = readWanted(read('w', id));
  const got = readGot(read('g', id));
  const order = read('order', id);
  const details = {
    id,
    name: value.name,
    note: readText(read('note', id), limits.maxNoteLength),
    category: readCategory(read('category', id)),
  };
  return {
    product: {
      ...details,
      unit: value.unit,
      wantedAt: wanted?.at ?? null,
      lastGotAt: got?.at ?? null,
      gaps: got?.gaps ?? [],
      isStaple: isStapleMark(read('staple', id)),
    },
    isHidden: value.isHidden,
    item: wanted && { ...details, ...listing(wanted, got) },
    order: isOrderKey(order) ? order : null,
  };
}

function readCategory(value: unknown) {
  return isCategoryId(value) ? value : 'other';
}

/** What being on the list adds to a product. A `got` from before it was wanted says nothing about this want. */
function listing(wanted: WantedValue, got: GotValue | null) {
  const since = got !== null && got.at >= wanted.at ? got : null;
  return {
    amount: wanted.amount,
    isTicked: since !== null,
    wantedAt: wanted.at,
    wantedBy: wanted.by,
    gotAt: since?.at ?? null,
    gotBy: since?.by ?? null,
  };
}

/** The same objects as before, as far as they say the same: whoever draws an item can compare it by identity. */
export function reuseUnchanged(before: Entry | null, after: Entry | null): Entry | null {
  if (before === null || after === null) return after;
  const product = isSameJson(before.product, after.product) ? before.product : after.product;
  const item = isSameJson(before.item, after.item) ? before.item : after.item;
  const isSame =
    product === before.product &&
    item === before.item &&
    before.isHidden === after.isHidden &&
    before.order === after.order;
  return isSame ? before : { ...after, product, item };
}
