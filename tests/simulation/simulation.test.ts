import { describe, expect, it } from 'vitest';
import { eagerly, NamelessLog, withAppend, withoutCarrying, withoutSaying } from './faulty-logs.ts';
import { runHistories } from './run-histories.ts';
import { simulate, type SimulationOptions, type SimulationResult } from './simulate.ts';

const runCount = Number(process.env['SIM_RUNS'] ?? 2_000);
/** Several times what one takes on two cores (17 ms). */
const longestMsOfOne = 150;
const firstSeed = Number(process.env['SIM_SEED'] ?? 1);

describe('simulation', () => {
  it(
    `P1 loses no edit and ends in agreement, in ${String(runCount)} histories from seed ${String(firstSeed)}`,
    { timeout: 60_000 + runCount * longestMsOfOne },
    async () => {
      const results = await runHistories(firstSeed, runCount);
      expect(results).toHaveLength(runCount);
      const failed = results.filter(({ problems }) => problems.length > 0);
      expect(
        failed.map(({ seed }) => seed),
        report(failed[0]),
      ).toEqual([]);
      const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
      const made = sum(results.map(({ editCount }) => editCount));
      const forgiven = sum(results.map(({ forgivenCount }) => forgivenCount));
      expect(made).toBeGreaterThan(20 * runCount);
      expect(forgiven).toBeLessThan(0.02 * made);
      expect(sum(results.map(({ cameBackCount }) => cameBackCount))).toBeLessThan(5 + 0.01 * runCount);
    },
  );

  it('P1 takes the same course for the same seed', async () => {
    expect(await simulate(firstSeed)).toEqual(await simulate(firstSeed));
  });

  const faults: [string, SimulationOptions][] = [
    [
      'acknowledges before it commits',
      {
        wrapLog: (log, random) =>
          withAppend(
            log,
            eagerly(() => random.chance(0.05)),
          ),
      },
    ],
    ['carries nothing over', { wrapLog: (log) => withAppend(log, withoutCarrying) }],
    ['broadcasts what it has carried over as it came', { wrapLog: (log) => withAppend(log, withoutSaying) }],
    ['keeps its name when it is restored', { createStore: (options) => new NamelessLog(options) }],
  ];

  it.each(faults)('P1 finds a store that %s', async (_what, fault) => {
    const results: SimulationResult[] = [];
    for (let seed = 1; seed <= 60; seed += 1) results.push(await simulate(seed, fault));
    expect(results.filter(({ problems }) => problems.length > 0).length).toBeGreaterThan(0);
  });
});

function report(failed: SimulationResult | undefined): string {
  if (failed === undefined) return '';
  return `SIM_SEED=${String(failed.seed)} SIM_RUNS=1\n${[...failed.trace, ...failed.problems].join('\n')}`;
}
