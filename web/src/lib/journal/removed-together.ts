import type { Product } from '@trolley/shared/document';
import { changesOf, type Changes } from './journal.ts';

/** Whoever empties a list thing by thing takes no longer than this between two. */
const gapMinutes = 2;

/** Of things that are off the list, those that left it together, last of all, as far as this phone has seen it; none when it was one alone. */
export function removedTogether(changes: Changes, products: readonly Product[]): readonly Product[] {
  const removals = products
    .flatMap((product) => {
      const last = changesOf(changes, product.id).at(-1);
      return last?.kind === 'removed' ? [{ product, at: last.at }] : [];
    })
    .sort((a, b) => b.at - a.at);
  const end = removals.findIndex(({ at }, index) => (removals[index - 1]?.at ?? at) - at > gapMinutes);
  const together = end === -1 ? removals : removals.slice(0, end);
  return together.length > 1 ? together.map(({ product }) => product) : [];
}
