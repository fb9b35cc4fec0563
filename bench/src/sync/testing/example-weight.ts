import type { Weight } from '../results.ts';

/** What a system of these roles weighs, in round numbers: each role has the same. */
export function exampleWeight(roles: readonly string[]): Weight {
  const each = (value: number) => Object.fromEntries(roles.map((role) => [role, value]));
  return {
    lists: 500,
    clients: 2_000,
    heapPerList: 4_000,
    heapPerConnection: 12_000,
    emptyRssByRole: each(100_000_000),
    connectP50Ms: 3,
    connectP99Ms: 9,
    connectCpuMsByRole: each(2),
    connectPostgresCpuMs: 0.5,
    connectBytes: 3_000,
    idleCpuUsByRole: each(20),
  };
}
