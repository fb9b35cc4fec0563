import { goesOn, highestRate, whyNot } from './ramp.ts';
import { isDrivenAt, type SystemName } from './systems.ts';
import { measureRun, type Bench } from './measure-run.ts';
import { measureWeight } from './measure-weight.ts';
import { quietRate, toldRates, type Plan } from './load-plan.ts';
import type { PreparedLists } from './prepare-lists.ts';
import type { Run, SystemResults, Weight } from './results.ts';
import type { RunningSystem } from './running-system.ts';
import { idleSeats, stepSeats } from './seats.ts';
import { tidyPostgres } from './tidy-postgres.ts';

/** Failed tries of one system that are made again. */
const secondTries = 3;

/** Sets of lists that a plan takes at most: one is for the warm-up. */
export function setsNeeded({ steps }: Plan): number {
  return 1 + steps.length + secondTries;
}

/** A system with what was measured of it so far. */
interface Record {
  readonly system: RunningSystem;
  readonly runs: Run[];
  weight: Weight | null;
  /** The next set of lists that nobody has used. */
  nextSet: number;
}

/** Is told of each run as soon as it is over. */
export type Progress = (name: SystemName, run: Run) => void;

/**
 * Drives all systems through the plan, each step by one after the other, so that whatever else goes on at the machine meets all alike. Who
 * begins changes with each step.
 */
export async function runBench(
  bench: Bench,
  plan: Plan,
  prepared: PreparedLists,
  onRun: Progress,
): Promise<SystemResults[]> {
  const records = bench.systems.map((system): Record => ({ system, runs: [], weight: null, nextSet: 0 }));
  // First, because to weigh a process lets go of its compiled code.
  if (plan.idle !== null) await weigh(bench, records, prepared, plan.idle.itemsPerList);
  for (const record of records) await drive(bench, record, prepared, plan.warmUp);
  for (const [index, step] of plan.steps.entries()) {
    if (step.rate === quietRate) await tidyPostgres(bench);
    for (const record of [...records.slice(index % records.length), ...records.slice(0, index % records.length)]) {
      await takeStep(bench, record, prepared, step, onRun);
    }
  }
  return records.map(({ system, runs, weight }) => summarize(system, runs, weight));
}

async function weigh(
  bench: Bench,
  records: readonly Record[],
  prepared: PreparedLists,
  itemsPerList: number,
): Promise<void> {
  for (const record of records.filter(({ system }) => system.plan.isWeighed)) {
    const seats = idleSeats(record.system, prepared);
    record.weight = await measureWeight(bench, record.system, seats, itemsPerList);
  }
}

async function takeStep(
  bench: Bench,
  record: Record,
  prepared: PreparedLists,
  step: Plan['steps'][number],
  onRun: Progress,
): Promise<void> {
  const { system, runs } = record;
  if (!isDrivenAt(system.plan, step.rate) || !goesOn(runs, step.rate)) return;
  const triesLeft = toldRates.includes(step.rate) ? 1 : 2;
  for (let tried = 0; tried < triesLeft; tried += 1) {
    if (record.nextSet >= prepared.sets.length) return;
    const run = await driveAlone(bench, record, prepared, step);
    runs.push(run);
    onRun(system.plan.name, run);
    if (whyNot(run) === null) return;
  }
}

/** Delays at rest are told of a machine on which the others do nothing at all; at other rates they stand by. */
async function driveAlone(
  bench: Bench,
  record: Record,
  prepared: PreparedLists,
  step: Plan['steps'][number],
): Promise<Run> {
  const others = step.rate === quietRate ? bench.systems.filter((system) => system !== record.system) : [];
  for (const other of others) other.freeze();
  try {
    return await drive(bench, record, prepared, step);
  } finally {
    for (const other of others) other.thaw();
  }
}

function drive(bench: Bench, record: Record, prepared: PreparedLists, step: Plan['warmUp']): Promise<Run> {
  const seats = stepSeats(record.system, prepared, record.nextSet);
  record.nextSet += 1;
  return measureRun(bench, record.system, seats, step);
}

function summarize({ plan }: RunningSystem, runs: Run[], weight: Weight | null): SystemResults {
  const highest = highestRate(runs);
  const tried = Math.max(...runs.map(({ rate }) => rate));
  return { name: plan.name, runs, highestRate: highest, isHighestTheLast: highest === tried, weight };
}
