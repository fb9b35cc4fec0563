import type { Amount, ItemId, Product } from '@trolley/shared/document';
import type { MemberId } from '@trolley/shared/protocol';

/** What can become of an item beside being wanted and being got, of which the list itself says when and by whom. */
export type ChangeKind = 'name' | 'quantity' | 'note' | 'category' | 'removed';

/** A change that this phone has seen. `at` is the minute in which it saw it; `by` is null where it could not tell. */
export interface NotedChange {
  readonly kind: ChangeKind;
  readonly at: number;
  readonly by: MemberId | null;
  /** How much was wanted of something that was removed, in the unit of its product. */
  readonly quantity?: number;
}

/** By item, the latest last; the item that changed last comes last. */
export type Changes = ReadonlyMap<ItemId, readonly NotedChange[]>;

export const noChanges: Changes = new Map();

export function changesOf(changes: Changes, id: ItemId): readonly NotedChange[] {
  return changes.get(id) ?? [];
}

/** How much was wanted of a product when it was removed last; null where this phone has not seen that. */
export function removedAmount(changes: Changes, { id, unit }: Pick<Product, 'id' | 'unit'>): Amount | null {
  const removal = changesOf(changes, id).findLast(({ kind }) => kind === 'removed');
  return removal?.quantity === undefined ? null : { quantity: removal.quantity, unit };
}
