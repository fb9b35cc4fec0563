import type { ItemId, ListDocument } from '@trolley/shared/document';
import { toShown, type ShownItem } from './away-news.ts';

/** Items as this phone last showed them. */
export class SeenItems {
  #items = new Map<ItemId, ShownItem>();

  get all(): readonly ShownItem[] {
    return [...this.#items.values()];
  }

  /** Those of them that were seen. */
  of(ids: ReadonlySet<ItemId>): readonly ShownItem[] {
    return [...ids].flatMap((id) => this.#items.get(id) ?? []);
  }

  /** Puts what was seen at another time in the place of everything. */
  replace(items: readonly ShownItem[]): void {
    this.#items = new Map(items.map((item) => [item.id, item]));
  }

  /** Sees some of a document's items as they are now. */
  see(ids: ReadonlySet<ItemId>, document: ListDocument): void {
    for (const id of ids) {
      const item = document.item(id);
      if (item === undefined) this.#items.delete(id);
      else this.#items.set(id, toShown(item));
    }
  }
}
