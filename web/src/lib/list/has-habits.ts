import type { ListState } from './list-state.svelte.ts';

/** Whether a list has staples, or anything that was bought again and again, to offer above the empty add bar; reactive, and asked with each tap. */
export function hasHabits({ live }: Pick<ListState, 'live'>): boolean {
  for (const { product } of live.entries()) if (product.isStaple || product.gaps.length > 0) return true;
  return false;
}
