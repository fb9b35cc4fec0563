import { whyNot } from './ramp.ts';
import type { Results, Run, SystemResults } from './results.ts';
import type { SystemName } from './systems.ts';

/** A system at one rate, over all its runs there. */
export interface AtRate {
  /** Means over the runs, in microseconds per update. `allCpuUs` is of servers, Postgres and Redis together. */
  readonly cpuUs: number;
  readonly postgresCpuUs: number;
  readonly redisCpuUs: number;
  readonly allCpuUs: number;
  /** Of the run in which others used the machine least: a delay is what one waits for, also where somebody else caused it. */
  readonly quietest: Run;
}

/** What a system did at a rate; null where it was not driven at it. */
export function atRate(results: Results, name: SystemName, rate: number): AtRate | null {
  const runs = (systemOf(results, name)?.runs ?? []).filter((run) => run.rate === rate);
  const [quietest] = runs.toSorted((a, b) => a.othersCores - b.othersCores);
  if (quietest === undefined) return null;
  return {
    quietest,
    cpuUs: mean(runs, ({ cpuUs }) => cpuUs),
    postgresCpuUs: mean(runs, ({ postgresCpuUs }) => postgresCpuUs),
    redisCpuUs: mean(runs, ({ redisCpuUs }) => redisCpuUs),
    allCpuUs: mean(runs, ({ cpuUs, postgresCpuUs, redisCpuUs }) => cpuUs + postgresCpuUs + redisCpuUs),
  };
}

export function systemOf(results: Results, name: SystemName): SystemResults | undefined {
  return results.systems.find((system) => system.name === name);
}

/** CPU per update of one system as a share of another's, at the same rate; null where one of them was not driven at it. */
export function cpuRatio(results: Results, name: SystemName, other: SystemName, rate: number): number | null {
  const [one, another] = [atRate(results, name, rate), atRate(results, other, rate)];
  return one === null || another === null ? null : one.cpuUs / another.cpuUs;
}

/** Highest rate of one system as a multiple of another's; null where one of them kept up with nothing. */
export function rateRatio(results: Results, name: SystemName, other: SystemName): number | null {
  const [one, another] = [systemOf(results, name)?.highestRate, systemOf(results, other)?.highestRate];
  return one === undefined || another === undefined || one === null || another === null ? null : one / another;
}

/** What else went on while edits were sent: cores that others used, on the average and at most. And runs that tell more of the generator than of a server. */
export function disturbance({ systems }: Results): { meanCores: number; maxCores: number; generatorRuns: number } {
  const runs = systems.flatMap((system) => system.runs);
  return {
    meanCores: mean(runs, ({ othersCores }) => othersCores),
    maxCores: Math.max(...runs.map(({ othersCores }) => othersCores)),
    generatorRuns: runs.filter((run) => whyNot(run) === 'generator').length,
  };
}

function mean(runs: readonly Run[], pick: (run: Run) => number): number {
  return runs.reduce((sum, run) => sum + pick(run), 0) / runs.length;
}
