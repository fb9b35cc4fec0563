import type { ListDocument } from '../document/index.ts';

/** What the overview shows of a list without opening it. `toBuy` counts the items that are not ticked. */
export function summarize(document: ListDocument): { title: string; toBuy: number } {
  const { title, items } = document.view;
  return { title, toBuy: items.filter((item) => !item.isTicked).length };
}
