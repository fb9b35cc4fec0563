import type { ListDocument, ListLook } from '../document/index.ts';

/** What the overview shows of a list without opening it. `toBuy` counts the items that are not ticked. */
export function summarize(document: ListDocument): { title: string; look: ListLook; toBuy: number } {
  const { title, look, items } = document.view;
  return { title, look, toBuy: items.filter((item) => !item.isTicked).length };
}
