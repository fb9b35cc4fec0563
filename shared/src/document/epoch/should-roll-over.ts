import type { DocumentStats } from '../list-document.ts';

/** Where an epoch ends: at the first of these. */
const epochLimits = { clientIds: 700, structs: 4_500, encodedBytes: 96 * 1024, ageWeeks: 26 };
/** A fresh document must be smaller by this much, or a list that is large by what is on it would never stop beginning anew. */
const worthwhileShare = 0.75;

/**
 * Whether a document has grown, or aged, enough for its list to go on in a fresh one. `seedStats` tells what the fresh one would come to; it is
 * asked only where that decides.
 */
export function shouldRollOver(stats: DocumentStats, ageWeeks: number, seedStats: () => DocumentStats): boolean {
  if (stats.clientIds >= epochLimits.clientIds || ageWeeks >= epochLimits.ageWeeks) return true;
  const tooLarge = (['structs', 'encodedBytes'] as const).filter((figure) => stats[figure] >= epochLimits[figure]);
  if (tooLarge.length === 0) return false;
  const seed = seedStats();
  return tooLarge.some((figure) => seed[figure] <= stats[figure] * worthwhileShare);
}
