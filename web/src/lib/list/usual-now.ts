import { usualItems, type Product, type UsualItem } from '@trolley/shared/document';
import type { ListState } from './list-state.svelte.ts';

const maxUsual = 8;

/** What is likely to be wanted next; reactive. */
export function usualNow(list: ListState, nowMs: number): readonly UsualItem[] {
  return usualItems(list.live, nowMs, maxUsual);
}

/** All staples, those that are missing first; reactive. */
export function staplesNow(list: ListState): readonly Product[] {
  const staples = list.live.products().filter(({ isStaple }) => isStaple);
  return staples.sort(
    (a, b) => Number(a.wantedAt !== null) - Number(b.wantedAt !== null) || a.name.localeCompare(b.name),
  );
}
