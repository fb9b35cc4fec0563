import type { ItemId } from '@trolley/shared/document';

const freshMs = 1_600;

/**
 * Brings the row of what was just added into view and lets it stand out for a moment. Done to the one row from outside: were it something
 * that rows are told, each of 2,000 would have to look whether it is meant.
 */
export function showFresh(id: ItemId | null): void {
  requestAnimationFrame(() => {
    const row = document.getElementById(`item-${id ?? ''}`);
    row?.scrollIntoView({ block: 'nearest' });
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches)
      row?.animate([{ background: 'var(--leaf-wash)' }, {}], { duration: freshMs, easing: 'ease-out' });
  });
}
