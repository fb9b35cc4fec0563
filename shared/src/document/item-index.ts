import { readEntry, reuseUnchanged, type Entry, type ReadValue } from './entry.ts';
import type { ItemId } from './model/item-id.ts';
import type { Item, Product } from './model/item.ts';

/** An entry that is on the list. */
export type ListedEntry = Entry & { readonly item: Item };

/** Sorts behind every fractional index. */
const lastOfAll = '~';
/** From this share of changed ids on, sorting anew is cheaper than moving one by one. */
const resortShare = 1 / 16;

/**
 * Everything the maps say, read id by id as keys change: a tick in a list of two thousand reads one id. Entries, items and products
 * that did not change stay the same objects, and so does the list of them.
 */
export class ItemIndex {
  readonly #read: ReadValue;
  readonly #entries = new Map<ItemId, Entry>();
  /** By (order, id). Replaced, never changed in place, so that it can be handed out. */
  #listed: readonly ListedEntry[] = [];
  #products: readonly Product[] | null = null;

  constructor(read: ReadValue) {
    this.#read = read;
  }

  get listed(): readonly ListedEntry[] {
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
      const before = this.#entries.get(id) ?? null;
      const after = reuseUnchanged(before, readEntry(this.#read, id));
      if (after === before) continue;
      changed.add(id);
      if (after === null) this.#entries.delete(id);
      else this.#entries.set(id, after);
      if (!isResorted) this.#place(before, after);
    }
    if (changed.size === 0) return changed;
    if (isResorted) this.#listed = [...this.#entries.values()].filter(isListed).sort(byOrder);
    this.#products = null;
    return changed;
  }

  #place(before: Entry | null, after: Entry | null): void {
    const from = isListed(before) ? findPlace(this.#listed, before) : null;
    const listed = isListed(after) ? after : null;
    if (from !== null && listed !== null && before?.order === listed.order) {
      this.#listed = this.#listed.with(from, listed);
      return;
    }
    if (from !== null) this.#listed = this.#listed.toSpliced(from, 1);
    if (listed !== null) this.#listed = this.#listed.toSpliced(findPlace(this.#listed, listed), 0, listed);
  }
}

function isListed(entry: Entry | null): entry is ListedEntry {
  return entry !== null && entry.item !== null;
}

function byOrder(a: Entry, b: Entry): number {
  const [orderA, orderB] = [a.order ?? lastOfAll, b.order ?? lastOfAll];
  if (orderA !== orderB) return orderA < orderB ? -1 : 1;
  if (a.product.id === b.product.id) return 0;
  return a.product.id < b.product.id ? -1 : 1;
}

/** Where an entry stands in a sorted list, or would stand: by halving. */
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
