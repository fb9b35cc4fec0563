import { limits } from '../protocol/index.ts';
import { isCategoryId } from './model/category.ts';
import type { Item, Product } from './model/item.ts';
import type { ItemId } from './model/item-id.ts';
import { isSameJson } from './model/json.ts';
import { isOrderKey } from './model/order-key.ts';
import type { RootName } from './model/root-names.ts';
import { readGot, readProduct, readText, readWanted } from './model/schema.ts';

/** What is known of one id, read from the document's maps. */
export interface Entry {
  readonly product: Product;
  readonly isHidden: boolean;
  /** Null when it is not on the list. */
  readonly item: Item | null;
  /** Null when it has no valid fractional index; such items come last. */
  readonly order: string | null;
}

type ReadValue = (root: RootName, key: string) => unknown;

/** Sorts behind every fractional index. */
const lastOfAll = '~';
/** From this share of changed ids on, sorting anew is cheaper than moving one by one. */
const resortShare = 1 / 16;

/**
 * Everything the maps say, read key by key as keys change: a tick in a list of two thousand reads one id. Entries, items and
 * products that did not change stay the same objects.
 */
export class ItemIndex {
  readonly #read: ReadValue;
  readonly #entries = new Map<ItemId, Entry>();
  /** Entries on the list, by (order, id). Replaced, never changed in place, so that it can be handed out. */
  #listed: readonly Entry[] = [];
  #products: readonly Product[] | null = null;

  constructor(read: ReadValue) {
    this.#read = read;
  }

  get listed(): readonly Entry[] {
    return this.#listed;
  }

  get(id: ItemId): Entry | undefined {
    return this.#entries.get(id);
  }

  entries(): Iterable<Entry> {
    return this.#entries.values();
  }

  /** Products that are not hidden, in no particular order. */
  products(): readonly Product[] {
    this.#products ??= [...this.#entries.values()].filter((entry) => !entry.isHidden).map((entry) => entry.product);
    return this.#products;
  }

  /** Reads these ids again and answers which of them are not what they were. */
  refresh(ids: ReadonlySet<ItemId>): Set<ItemId> {
    const changed = new Set<ItemId>();
    const isResorted = ids.size > Math.max(4, this.#listed.length * resortShare);
    for (const id of ids) {
      const before = this.#entries.get(id);
      const after = this.#readEntry(id, before);
      if (after === before) continue;
      changed.add(id);
      if (after === undefined) this.#entries.delete(id);
      else this.#entries.set(id, after);
      if (!isResorted) this.#place(before, after);
    }
    if (changed.size === 0) return changed;
    if (isResorted) this.#listed = [...this.#entries.values()].filter((entry) => entry.item !== null).sort(byOrder);
    this.#products = null;
    return changed;
  }

  #place(before: Entry | undefined, after: Entry | undefined): void {
    const from = before === undefined || before.item === null ? null : findPlace(this.#listed, before);
    const isListed = after !== undefined && after.item !== null;
    if (from !== null && isListed && before?.order === after.order) {
      this.#listed = this.#listed.with(from, after);
      return;
    }
    if (from !== null) this.#listed = this.#listed.toSpliced(from, 1);
    if (isListed) this.#listed = this.#listed.toSpliced(findPlace(this.#listed, after), 0, after);
  }

  /** The same object as `before` when nothing changed. */
  #readEntry(id: ItemId, before: Entry | undefined): Entry | undefined {
    const value = readProduct(this.#read('p', id));
    if (value === null) return undefined;
    const { name, unit } = value;
    const wanted = readWanted(this.#read('w', id));
    const got = readGot(this.#read('g', id));
    const category = this.#read('category', id);
    const details = {
      name,
      note: readText(this.#read('note', id), limits.maxNoteLength),
      category: isCategoryId(category) ? category : ('other' as const),
    };
    const order = this.#read('order', id);
    const isTicked = wanted !== null && got !== null && got.at >= wanted.at;
    const item: Item | null = wanted && {
      id,
      ...details,
      amount: wanted.amount,
      isTicked,
      wantedAt: wanted.at,
      wantedBy: wanted.by,
      gotAt: isTicked ? got.at : null,
      gotBy: isTicked ? got.by : null,
    };
    const product: Product = { id, ...details, unit, wantedAt: wanted?.at ?? null, lastGotAt: got?.at ?? null };
    const after: Entry = {
      product: keep(before?.product, product),
      isHidden: value.isHidden,
      item: item && keep(before?.item, item),
      order: isOrderKey(order) ? order : null,
    };
    return before !== undefined && isSameEntry(before, after) ? before : after;
  }
}

function keep<T extends object>(before: T | null | undefined, after: T): T {
  return before && isSameJson(before, after) ? before : after;
}

function isSameEntry(a: Entry, b: Entry): boolean {
  return a.product === b.product && a.item === b.item && a.isHidden === b.isHidden && a.order === b.order;
}

function byOrder(a: Entry, b: Entry): number {
  const [orderA, orderB] = [a.order ?? lastOfAll, b.order ?? lastOfAll];
  if (orderA !== orderB) return orderA < orderB ? -1 : 1;
  if (a.product.id === b.product.id) return 0;
  return a.product.id < b.product.id ? -1 : 1;
}

/** Where an entry stands in a sorted list, or would stand. */
function findPlace(sorted: readonly Entry[], entry: Entry): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = sorted[middle];
    if (at !== undefined && byOrder(at, entry) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
