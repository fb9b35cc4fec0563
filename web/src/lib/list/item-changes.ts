import type { Item, ItemId } from '@trolley/shared/document';

/** What became of the items that a change names. */
export interface ItemChanges {
  /** Items whose tick is not what it was, as they were. */
  readonly toggled: readonly Item[];
  /** Items that have left the list, as they were. */
  readonly removed: readonly Item[];
  /** Items that have come onto the list, as they are. */
  readonly added: readonly Item[];
  /** Items that are still what they were but for their amount, note, name, place or category, as they are. */
  readonly edited: readonly Item[];
}

/** Remembers how items were, to tell what a change has made of them. */
export class ItemMemory {
  readonly #known: Map<ItemId, Item>;

  constructor(items: readonly Item[]) {
    this.#known = new Map(items.map((item) => [item.id, item]));
  }

  /** Compares with how things are now, and remembers that instead. */
  note(ids: ReadonlySet<ItemId>, itemNow: (id: ItemId) => Item | undefined): ItemChanges {
    const toggled: Item[] = [];
    const removed: Item[] = [];
    const added: Item[] = [];
    const edited: Item[] = [];
    for (const id of ids) {
      const before = this.#known.get(id);
      const after = itemNow(id);
      if (after === undefined) this.#known.delete(id);
      else this.#known.set(id, after);
      if (before === undefined) {
        if (after !== undefined) added.push(after);
      } else if (after === undefined) removed.push(before);
      else if (after.isTicked !== before.isTicked) toggled.push(before);
      else if (after !== before) edited.push(after);
    }
    return { toggled, removed, added, edited };
  }
}
