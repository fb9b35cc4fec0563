import type { Assumptions } from './assumptions.ts';

/** What so many families ask for, in the busiest hour where it is a rate. */
export interface Demand {
  readonly families: number;
  readonly editsPerSecond: number;
  readonly opensPerSecond: number;
  readonly connections: number;
  readonly editsADay: number;
  readonly opensADay: number;
}

const secondsADay = 86_400;
const minutesADay = 1_440;

export function demandOf(families: number, assumed: Assumptions): Demand {
  const { editsADay, opensADay, connectedMinutesADay, peakFactor } = assumed;
  const atPeak = (aDay: number, partsOfADay: number) => (families * aDay * peakFactor) / partsOfADay;
  return {
    families,
    editsPerSecond: atPeak(editsADay, secondsADay),
    opensPerSecond: atPeak(opensADay, secondsADay),
    connections: atPeak(connectedMinutesADay, minutesADay),
    editsADay: families * editsADay,
    opensADay: families * opensADay,
  };
}
