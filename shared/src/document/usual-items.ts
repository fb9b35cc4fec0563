import type { ListDocument } from './list-document.ts';
import type { ItemId } from './model/item-id.ts';
import type { Product } from './model/item.ts';
import { fromMinute } from './model/minute.ts';

/** Something that is bought again and again and is not to buy now. */
export interface UsualItem {
  readonly id: ItemId;
  readonly name: string;
  /** Whether it is about time for it, by the rhythm in which it was bought. */
  readonly isDue: boolean;
}

const dayMs = 24 * 60 * 60 * 1000;
/** People shop a little before they run out. */
const dueShare = 0.85;
/** After so many of its usual gaps without it, it is a habit no more. */
const lapsedShare = 4;

interface Habit extends UsualItem {
  readonly everyDays: number;
  /** How much of the usual gap has passed. */
  readonly passed: number;
}

/**
 * What is likely to be wanted next: first what is due, the most overdue first, then what is bought most often. A product has a rhythm once it was
 * bought twice: the median of the days between. Before that it is only known when it was bought last, which says nothing of habits.
 */
export function usualItems(doc: ListDocument, nowMs: number, max: number): readonly UsualItem[] {
  return doc
    .products()
    .flatMap((product) => habitOf(doc, product, nowMs))
    .sort((a, b) => Number(b.isDue) - Number(a.isDue) || (a.isDue ? b.passed - a.passed : a.everyDays - b.everyDays))
    .slice(0, max)
    .map(({ id, name, isDue }) => ({ id, name, isDue }));
}

function habitOf(doc: ListDocument, { id, name, lastGotAt, gaps }: Product, nowMs: number): Habit[] {
  if (lastGotAt === null || gaps.length === 0 || doc.item(id) !== undefined) return [];
  const everyDays = median(gaps);
  const passed = Math.max(0, nowMs - fromMinute(lastGotAt)) / (everyDays * dayMs);
  return passed > lapsedShare ? [] : [{ id, name, isDue: passed >= dueShare, everyDays, passed }];
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 1;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
