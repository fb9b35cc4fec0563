import { quietRate, ratePerNode } from './load-plan.ts';
import type { Results } from './results.ts';
import { atRate, cpuRatio, rateRatio, systemOf } from './summary.ts';
import type { SystemName } from './systems.ts';

/** What a figure ought to be. */
export interface Goal {
  readonly title: string;
  /** Null: it was not measured. */
  readonly value: number | null;
  readonly bound: number;
  readonly direction: 'at most' | 'at least';
  readonly unit: '×' | 'ms' | 'KB';
}

const bytesPerKb = 1_024;

export function isMet({ value, bound, direction }: Goal): boolean {
  if (value === null) return false;
  return direction === 'at most' ? value <= bound : value >= bound;
}

/** The goals of the sync bench, as ratios within one run wherever another system is the measure. */
export function goalsOf(results: Results): Goal[] {
  const p99 = (name: SystemName) => atRate(results, name, quietRate)?.quietest.p99Ms ?? null;
  const weight = systemOf(results, 'oneProcess')?.weight;
  const atMost = { direction: 'at most', unit: '×' } as const;
  const atLeast = { direction: 'at least', unit: '×' } as const;
  return [
    {
      ...atMost,
      title: 'One process: CPU per update at 5,000/s, of Hocuspocus with Postgres',
      value: cpuRatio(results, 'oneProcess', 'hocuspocusPostgres', 5_000),
      bound: 0.6,
    },
    {
      ...atMost,
      title: 'Relay and api: CPU per update at 5,000/s, of Hocuspocus with Postgres',
      value: cpuRatio(results, 'relayAndApi', 'hocuspocusPostgres', 5_000),
      bound: 0.9,
    },
    {
      ...atLeast,
      title: 'One process: highest rate, of Hocuspocus with Postgres',
      value: rateRatio(results, 'oneProcess', 'hocuspocusPostgres'),
      bound: 2,
    },
    {
      ...atMost,
      title: 'Two relays and an api: CPU per update at 2,500/s, of Hocuspocus with Redis',
      value: cpuRatio(results, 'twoRelays', 'hocuspocusRedis', 2_500),
      bound: 0.5,
    },
    {
      ...atLeast,
      title: 'Two relays and an api: highest rate, of Hocuspocus with Redis',
      value: rateRatio(results, 'twoRelays', 'hocuspocusRedis'),
      bound: 4,
    },
    { ...atMost, title: 'One process: p99 at 200/s', value: p99('oneProcess'), bound: 3, unit: 'ms' },
    { ...atMost, title: 'Relay and api: p99 at 200/s', value: p99('relayAndApi'), bound: 4, unit: 'ms' },
    { ...atMost, title: 'Heap of an open list', value: inKb(weight?.heapPerList), bound: 5, unit: 'KB' },
    { ...atMost, title: 'Heap of an idle connection', value: inKb(weight?.heapPerConnection), bound: 15, unit: 'KB' },
    {
      ...atMost,
      title: 'Two relays: all CPU per update, of one relay with half the load',
      value: growth(results, 2),
      bound: 1.3,
    },
    {
      ...atMost,
      title: 'Four relays: all CPU per update, of one relay with a quarter of the load',
      value: growth(results, 4),
      bound: 1.3,
    },
  ];
}

const byNodes = { 1: 'oneRelay', 2: 'twoRelays', 4: 'fourRelays' } as const;

/** What an update costs with more nodes, each of which has the same load, as a multiple of what it costs with one. Postgres and Redis included. */
export function growth(results: Results, nodes: 2 | 4): number | null {
  const one = atRate(results, byNodes[1], ratePerNode);
  const more = atRate(results, byNodes[nodes], nodes * ratePerNode);
  return one === null || more === null ? null : more.allCpuUs / one.allCpuUs;
}

/** Null for what was not measured. A heap that has shrunk tells nothing of what is in it. */
function inKb(bytes = 0): number | null {
  return bytes > 0 ? bytes / bytesPerKb : null;
}
