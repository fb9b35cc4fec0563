import type { Results, Run, SystemResults } from '../results.ts';
import type { SystemName } from '../systems.ts';

/** A run in which a system kept up, as far as it is not said otherwise. */
export function exampleRun(fields: Partial<Run> = {}): Run {
  const rate = fields.rate ?? 200;
  return {
    rate,
    sent: 1_000,
    missing: 0,
    refused: 0,
    p50Ms: 0.5,
    p95Ms: 0.8,
    p99Ms: 1.5,
    maxMs: 3,
    reachedRate: rate,
    cpuUs: 100,
    afterwardsCpuUs: 10,
    cpuUsByRole: { server: 100 },
    postgresCpuUs: 20,
    redisCpuUs: 10,
    walBytes: 400,
    storedBytes: 300,
    commits: 0.5,
    redisCommands: 1,
    bytesIn: 600,
    bytesOut: 160,
    serverCores: 0.2,
    generatorCores: 0.1,
    othersCores: 0,
    ...fields,
  };
}

/** A system's results, made of runs. */
export function exampleSystem(
  name: SystemName,
  runs: readonly Run[],
  fields: Partial<SystemResults> = {},
): SystemResults {
  return { name, runs: [...runs], highestRate: 5_000, isHighestTheLast: false, weight: null, ...fields };
}

/** Results of a whole bench, made of systems. */
export function exampleResults(systems: readonly SystemResults[]): Results {
  return {
    measuredOn: '2026-11-21',
    machine: { processor: 'Example', cores: 2, memoryGb: 24, system: 'Linux 6.1' },
    versions: { node: 'v26.10.0', postgres: '15.18', redis: '7.0.15', postgresSettings: 'wal_init_zero=off' },
    systems: [...systems],
  };
}
