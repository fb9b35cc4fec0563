import type { Minute } from './minute.ts';

/** How many gaps a product remembers: enough to tell a habit, few enough to be written with each tick. */
export const maxGaps = 6;
/** A longer gap says only that it is rarely bought. */
const maxGapDays = 999;
const dayMinutes = 24 * 60;
/** What is ticked again sooner is the same purchase: a tick that was taken back, or two shops in one go. */
const samePurchaseMinutes: Minute = 12 * 60;

export function isGap(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= maxGapDays;
}

/** The gaps to remember with a purchase at `at`, when this was the last one before it. */
export function gapsAfter(last: { at: Minute; gaps: readonly number[] } | null, at: Minute): readonly number[] {
  if (last === null) return [];
  const minutes = at - last.at;
  if (minutes < samePurchaseMinutes) return last.gaps;
  const days = Math.min(Math.max(Math.round(minutes / dayMinutes), 1), maxGapDays);
  return [days, ...last.gaps].slice(0, maxGaps);
}
