import type { CategoryId, Item, ItemId } from '@trolley/shared/document';
import type { StoreId } from '@trolley/shared/shopping';
import type { Arrangement, Section } from '#lib/list/sections.ts';

/** Where somebody shops. */
export interface Way {
  /** Null when they have not said where: then everything is here. */
  readonly store: StoreId | null;
  readonly order: readonly CategoryId[];
  /** The stores of items that are not bought just anywhere. */
  readonly itemStores: ReadonlyMap<ItemId, readonly StoreId[]>;
}

/** A list as it is walked through in one store. */
export interface StoreArrangement extends Arrangement {
  /** What is bought at other stores only, to buy or not. */
  readonly elsewhere: readonly Item[];
}

/** Puts a list into the order of a store's aisles, and aside what is not bought there. Sections that stay whole stay the same objects. */
export function arrangeForStore(
  { sections, trolley }: Arrangement,
  { store, order, itemStores }: Way,
): StoreArrangement {
  const isHere = ({ id }: Item) => store === null || (itemStores.get(id)?.includes(store) ?? true);
  const here = sections
    .flatMap((section) => keepHere(section, isHere))
    .sort((a, b) => place(a, order) - place(b, order));
  const inTrolley = trolley.every(isHere) ? trolley : trolley.filter(isHere);
  const shown = [...here.flatMap(({ items }) => items), ...inTrolley];
  const ticked = shown.filter(({ isTicked }) => isTicked).length;
  const elsewhere = [...sections.flatMap(({ items }) => items), ...trolley].filter((item) => !isHere(item));
  return { sections: here, trolley: inTrolley, elsewhere, ticked, toBuy: shown.length - ticked };
}

function keepHere(section: Section, isHere: (item: Item) => boolean): Section[] {
  if (section.items.every(isHere)) return [section];
  const items = section.items.filter(isHere);
  return items.length === 0 ? [] : [{ category: section.category, items }];
}

function place({ category }: Section, order: readonly CategoryId[]): number {
  return order.indexOf(category);
}
