import type { Product } from '@trolley/shared/document';
import type { ListState } from './list-state.svelte.ts';

/** All staples, those that are missing first; reactive. */
export function staplesNow(list: ListState): readonly Product[] {
  const staples = list.live.products().filter(({ isStaple }) => isStaple);
  return staples.sort(
    (a, b) => Number(a.wantedAt !== null) - Number(b.wantedAt !== null) || a.name.localeCompare(b.name),
  );
}
