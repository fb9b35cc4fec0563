import type { CategoryId } from '../model/category.ts';

/**
 * The order of aisles after a trip on which things of these categories were ticked, in this order. A category stands where its ticks were on
 * average, so that one thing that was forgotten and fetched later changes little; what earlier trips have taught (`before`, if `isLearnt`)
 * counts as much as this one. Categories of which nothing was bought stay where they are.
 */
export function learnWalk(
  before: readonly CategoryId[],
  isLearnt: boolean,
  ticked: readonly CategoryId[],
): readonly CategoryId[] {
  const ranks = averageRanks(ticked);
  const places = before.flatMap((category, index) => (ranks.has(category) ? [index] : []));
  const bought = before.filter((category) => ranks.has(category));
  const rankOf = (category: CategoryId) => ranks.get(category) ?? 0;
  const now = bought.toSorted((a, b) => rankOf(a) - rankOf(b));
  const score = (category: CategoryId) => now.indexOf(category) + (isLearnt ? bought.indexOf(category) : 0);
  const learnt = now.toSorted((a, b) => score(a) - score(b));
  const walk = [...before];
  for (const [index, place] of places.entries()) walk[place] = learnt[index] ?? walk[place] ?? 'other';
  return walk;
}

function averageRanks(ticked: readonly CategoryId[]): ReadonlyMap<CategoryId, number> {
  const sums = new Map<CategoryId, { sum: number; count: number }>();
  for (const [rank, category] of ticked.entries()) {
    const { sum, count } = sums.get(category) ?? { sum: 0, count: 0 };
    sums.set(category, { sum: sum + rank, count: count + 1 });
  }
  return new Map([...sums].map(([category, { sum, count }]) => [category, sum / count]));
}
