import { usualItems, type ListDocument, type Product, type UsualItem } from '@trolley/shared/document';
import type { ListState } from './list-state.svelte.ts';

const maxUsual = 8;

/** What is likely to be wanted next. */
export function usualNow(document: ListDocument, nowMs: number): readonly UsualItem[] {
  return usualItems(document, nowMs, maxUsual);
}

/** How many staples are not on the list. */
export function missingStaples(document: ListDocument): number {
  return document.products().filter(({ isStaple, wantedAt }) => isStaple && wantedAt === null).length;
}

/** All staples, those that are missing first; reactive. */
export function staplesNow(list: ListState): readonly Product[] {
  const staples = list.live.products().filter(({ isStaple }) => isStaple);
  return staples.sort(
    (a, b) => Number(a.wantedAt !== null) - Number(b.wantedAt !== null) || a.name.localeCompare(b.name),
  );
}
