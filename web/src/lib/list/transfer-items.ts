import { addItems, removeItems, undoChange, type Author, type Item, type ListDocument } from '@trolley/shared/document';
import { TrolleyError, type ListId } from '@trolley/shared/protocol';

/** What transferring needs of an open list. */
export interface TransferSource {
  readonly list: { readonly document: ListDocument };
  readonly client: {
    open: (list: ListId) => Promise<{ readonly document: ListDocument; readonly isHeldInMemory: boolean }>;
    close: (list: ListId) => Promise<void>;
  };
  readonly author: () => Author;
}

/** Something that was transferred, and how to take that back. */
export interface Transfer {
  /** False when it was copied only, because the phone would not store the other list. */
  readonly isMoved: boolean;
  readonly undo: () => Promise<void>;
}

/**
 * Copies items to another list, on top of what is there, and with `isMove` removes them here. They are on the phone's disk there before they are
 * gone here, so that none is lost should the app die between. Rejects with `too-large`, and nothing has changed, when there is no room; otherwise
 * as `SyncClient.open`.
 */
export async function transferItems(
  { list, client, author }: TransferSource,
  target: ListId,
  items: readonly Item[],
  isMove: boolean,
): Promise<Transfer> {
  const there = await client.open(target);
  const copies = items.map(({ name, amount, note, category }) => ({ name, amount, category, ...(note && { note }) }));
  const copied = addItems(there.document, copies, author(), { isOnTop: true });
  if (copied.leftOut > 0 && copied.change !== null) undoChange(there.document, copied.change, author());
  await client.close(target);
  if (copied.leftOut > 0) throw new TrolleyError('too-large', 'the other list is full');
  const isMoved = isMove && !there.isHeldInMemory;
  const ids = items.map(({ id }) => id);
  const removed = isMoved ? removeItems(list.document, ids, author()) : null;
  const undo = async () => {
    if (removed !== null) undoChange(list.document, removed, author());
    const { change } = copied;
    if (change === null) return;
    const again = await client.open(target);
    undoChange(again.document, change, author());
    await client.close(target);
  };
  return { isMoved, undo };
}
