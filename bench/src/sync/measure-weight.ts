import { setTimeout as pause } from 'node:timers/promises';
import type { Seat } from '../load/seat.ts';
import { settle, type Bench } from './measure-run.ts';
import type { Memory } from './node-process.ts';
import type { Weight } from './results.ts';
import type { RunningSystem } from './running-system.ts';
import { readUsage, type Usage } from './usage.ts';

const watchIdleMs = 6_000;
const settleMs = 1_000;

/** Memory of a system's servers, by what they are in it. */
type MemoryByRole = ReadonlyMap<string, Memory>;

/**
 * What a system's memory holds for lists and connections. First one client of each list comes and fills it, in two waves, then the others. What
 * those cost is what a connection costs; what the second wave cost above that is what a list costs. The first wave is not counted: with it goes
 * what a server has held on to since it started.
 */
export async function measureWeight(
  bench: Bench,
  system: RunningSystem,
  seats: readonly Seat[],
  itemsPerList: number,
): Promise<Weight> {
  const { load } = bench;
  const { dialect } = system.plan;
  const first = seats.filter(({ member }) => member === 0);
  const others = seats.filter(({ member }) => member !== 0);
  const half = Math.floor(first.length / 2);
  const empty = await weigh(bench, system);
  await load.connect(dialect, first.slice(0, half));
  await load.fill(itemsPerList);
  const halfOpen = await weigh(bench, system);
  await load.connect(dialect, first.slice(half));
  await load.fill(itemsPerList);
  const open = await weigh(bench, system);
  const beforeOthers = readUsage(bench, system);
  const connected = await load.connect(dialect, others);
  const afterOthers = readUsage(bench, system);
  const full = await weigh(bench, system);

  const beforeIdle = readUsage(bench, system);
  await pause(watchIdleMs);
  const afterIdle = readUsage(bench, system);
  await load.disconnect();

  const heapPerConnection = (heapOf(full) - heapOf(open)) / others.length;
  const idleSeconds = (afterIdle.atMs - beforeIdle.atMs) / 1_000;
  return {
    lists: first.length,
    clients: seats.length,
    heapPerConnection,
    heapPerList: (heapOf(open) - heapOf(halfOpen)) / (first.length - half) - heapPerConnection,
    emptyRssByRole: Object.fromEntries([...empty].map(([role, { rssBytes }]) => [role, rssBytes])),
    connectP50Ms: connected.p50Ms,
    connectP99Ms: connected.p99Ms,
    connectCpuMsByRole: spent(beforeOthers, afterOthers, 1 / others.length),
    connectPostgresCpuMs: (afterOthers.postgresMs - beforeOthers.postgresMs) / others.length,
    connectBytes: connected.bytesPerClient,
    idleCpuUsByRole: spent(beforeIdle, afterIdle, 1_000 / idleSeconds / seats.length),
  };
}

/** Of all servers of the system, when they have nothing to do. */
async function weigh(bench: Bench, system: RunningSystem): Promise<MemoryByRole> {
  await settle(bench, system, Math.max(settleMs, system.plan.settleMs));
  const weights = new Map<string, Memory>();
  for (const server of system.servers) {
    const { heapBytes, rssBytes } = await server.memory();
    const before = weights.get(server.role) ?? { heapBytes: 0, rssBytes: 0 };
    weights.set(server.role, { heapBytes: before.heapBytes + heapBytes, rssBytes: before.rssBytes + rssBytes });
  }
  return weights;
}

function heapOf(memory: MemoryByRole): number {
  return [...memory.values()].reduce((sum, { heapBytes }) => sum + heapBytes, 0);
}

/** CPU of each role between two readings, in milliseconds times a factor. */
function spent(before: Usage, after: Usage, factor: number): Record<string, number> {
  return Object.fromEntries(
    [...after.byRole].map(([role, ms]) => [role, (ms - (before.byRole.get(role) ?? 0)) * factor]),
  );
}
