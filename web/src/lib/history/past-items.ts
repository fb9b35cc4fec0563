import type { Item, ItemId } from '@trolley/shared/document';

/** How an item of the past stands on the list by now. */
export type Standing = 'same' | 'changed' | 'gone';

/** Compares an item with what became of it. Its name may be another by now: that is what it is called. */
export function standingOf(past: Item, now: Item | undefined): Standing {
  if (now === undefined) return 'gone';
  const isSame =
    past.isTicked === now.isTicked &&
    past.note === now.note &&
    past.category === now.category &&
    past.amount.quantity === now.amount.quantity &&
    past.amount.unit === now.amount.unit;
  return isSame ? 'same' : 'changed';
}

/** What was on the list and is not any more. */
export function goneItems(past: readonly Item[], now: (id: ItemId) => Item | undefined): readonly Item[] {
  return past.filter(({ id }) => now(id) === undefined);
}
