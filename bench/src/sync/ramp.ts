import { keepsUpBelowMs, toldRates } from './load-plan.ts';
import type { Run } from './results.ts';

/** Above this the generator has no strength to spare: what it measures then is itself. */
const maxGeneratorCores = 0.9;
const enoughOfRate = 0.97;

/** What kept a run from counting as one in which the system kept up; null when nothing did. */
export function whyNot(run: Run): 'late' | 'lost' | 'refused' | 'generator' | null {
  if (run.refused > 0) return 'refused';
  if (run.missing > 0) return 'lost';
  const isWeak = run.generatorCores > maxGeneratorCores || run.reachedRate < enoughOfRate * run.rate;
  if (run.p99Ms >= keepsUpBelowMs) return isWeak ? 'generator' : 'late';
  return null;
}

/** Highest rate that a system kept up with, without one below that it did not keep up with in every try. */
export function highestRate(runs: readonly Run[]): number | null {
  const rates = [...new Set(runs.map(({ rate }) => rate))].sort((a, b) => a - b);
  let highest: number | null = null;
  for (const rate of rates) {
    const tries = runs.filter((run) => run.rate === rate);
    if (!tries.some((run) => whyNot(run) === null)) break;
    highest = rate;
  }
  return highest;
}

/** Whether a system goes on to a rate: always to those that are told for all, to others where they are the next to be tried. */
export function goesOn(runs: readonly Run[], rate: number): boolean {
  if (toldRates.includes(rate)) return true;
  const highest = highestRate(runs) ?? 0;
  const failed = runs.map((run) => run.rate).filter((one) => one > highest);
  return rate > highest && rate < Math.min(Infinity, ...failed);
}
