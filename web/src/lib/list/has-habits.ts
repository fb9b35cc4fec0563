import type { ListState } from './list-state.svelte.ts';

/** Whether a list has staples, or anything that was bought again and again, to offer above the empty add bar; reactive. */
export function hasHabits({ live }: Pick<ListState, 'live'>): boolean {
  return live.products().some(({ isStaple, gaps }) => isStaple || gaps.length > 0);
}
