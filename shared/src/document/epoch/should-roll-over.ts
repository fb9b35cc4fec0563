import type { DocumentStats } from '../list-document.ts';

/** Where an epoch ends: at the first of these. */
const epochLimits = { clientIds: 700, structs: 4_500, encodedBytes: 96 * 1024, ageWeeks: 26 };

/** Whether a document has grown, or aged, enough for its list to go on in a fresh one. */
export function shouldRollOver(stats: DocumentStats, ageWeeks: number): boolean {
  return (
    stats.clientIds >= epochLimits.clientIds ||
    stats.structs >= epochLimits.structs ||
    stats.encodedBytes >= epochLimits.encodedBytes ||
    ageWeeks >= epochLimits.ageWeeks
  );
}
