import type { Item, ItemId } from '@trolley/shared/document';

/** What all rows of a list have in common. */
export interface RowContext {
  readonly isEditable: boolean;
  /** The item whose details are open here. */
  readonly openId: ItemId | null;
  /** Who has an item's details open on another phone. */
  readonly editors: ReadonlyMap<ItemId, string>;
  /** How much is wanted, in words; empty when it goes without saying. */
  readonly amount: (item: Item) => string;
  /** Who wants an item and since when, in words; empty when it goes without saying. */
  readonly byline: (item: Item) => string;
  readonly ontick: (item: Item, isTicked: boolean) => void;
  readonly onopen: (item: Item) => void;
}
