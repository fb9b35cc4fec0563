import type { Append, AppendOutcome, LogService } from '@trolley/shared/protocol';
import { describe, expect, it } from 'vitest';
import { simulate, type SimulationOptions, type SimulationResult } from './simulate.ts';

const runCount = Number(process.env['SIM_RUNS'] ?? 2_000);
const firstSeed = Number(process.env['SIM_SEED'] ?? 1);

async function failures(count: number, options: SimulationOptions = {}): Promise<SimulationResult[]> {
  const failed: SimulationResult[] = [];
  for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
    const result = await simulate(seed, options);
    if (result.problems.length > 0) failed.push(result);
  }
  return failed;
}

describe('simulation', () => {
  it(`P1 loses no edit and ends in agreement, in ${String(runCount)} histories from seed ${String(firstSeed)}`, async () => {
    const failed = await failures(runCount);
    const first = failed[0];
    const report =
      first === undefined
        ? ''
        : `SIM_SEED=${String(first.seed)} SIM_RUNS=1\n${[...first.trace, ...first.problems].join('\n')}`;
    expect(
      failed.map(({ seed }) => seed),
      report,
    ).toEqual([]);
  });

  it('P1 finds a store that acknowledges before it commits', async () => {
    const failed = await failures(60, { wrapLog: (log, random) => new EagerLog(log, () => random.chance(0.05)) });
    expect(failed.length).toBeGreaterThan(0);
  });
});

/** Says yes to a batch and then sometimes crashes before it commits: the fault that this whole design is there to exclude. */
class EagerLog implements LogService {
  readonly #log: LogService;
  readonly #crashes: () => boolean;
  authenticate: LogService['authenticate'];
  pull: LogService['pull'];
  heads: LogService['heads'];

  constructor(log: LogService, crashes: () => boolean) {
    this.#log = log;
    this.#crashes = crashes;
    this.authenticate = log.authenticate.bind(log);
    this.pull = log.pull.bind(log);
    this.heads = log.heads.bind(log);
  }

  async append(appends: readonly Append[]): Promise<AppendOutcome[]> {
    const [first] = appends;
    if (first === undefined || !this.#crashes()) return this.#log.append(appends);
    const heads = await this.#log.heads(appends.map((append) => append.list));
    return appends.map(({ list, epoch }) => ({ ok: true, value: { epoch, seq: (heads.get(list)?.seq ?? 0) + 1 } }));
  }
}
