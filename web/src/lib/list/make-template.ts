import { copyProducts, type Author, type ItemId, type ListDocument } from '@trolley/shared/document';
import type { ListId } from '@trolley/shared/protocol';
import { createList } from '#lib/home/create-list.ts';
import type { ListState } from './list-state.svelte.ts';

/** Begins a list that knows what this one knows, and wants what was chosen. Works without a network. */
export function makeFromTemplate(list: ListState, title: string, chosen: ReadonlySet<ItemId>): Promise<ListId> {
  const fill = (document: ListDocument, author: Author) => {
    copyProducts(list.document, document, chosen, author);
  };
  return createList({ title, look: list.look, fill });
}
