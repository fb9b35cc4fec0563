import { setTimeout as pause } from 'node:timers/promises';
import type { Seat } from '../load/seat.ts';
import { percentile } from '../percentile.ts';
import { settle, type Bench } from './measure-run.ts';
import type { Memory } from './node-process.ts';
import type { Weight } from './results.ts';
import type { RunningSystem } from './running-system.ts';
import { readUsage, type Usage } from './usage.ts';

const watchIdleMs = 6_000;
const settleMs = 1_000;
/** In which the lists come. */
const waves = 6;

/** Memory of a system's servers, by what they are in it. */
type MemoryByRole = ReadonlyMap<string, Memory>;

/**
 * What a system's memory holds for lists and connections. First one client of each list comes and fills it, in waves, then the others. What
 * those cost is what a connection costs; what the middle one of the waves cost above that is what a list costs. The first wave is not counted,
 * and of the others the middle one, because a server lets go of a megabyte now and then that it has held on to since it started.
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
  const empty = await weigh(bench, system);
  const listsPerWave = Math.ceil(first.length / waves);
  const heaps: number[] = [];
  for (let wave = 0; wave < waves; wave += 1) {
    await load.connect(dialect, first.slice(wave * listsPerWave, (wave + 1) * listsPerWave));
    await load.fill(itemsPerList);
    heaps.push(heapOf(await weigh(bench, system)));
  }
  const beforeOthers = readUsage(bench, system);
  const connected = await load.connect(dialect, others);
  const afterOthers = readUsage(bench, system);
  const full = await weigh(bench, system);

  const beforeIdle = readUsage(bench, system);
  await pause(watchIdleMs);
  const afterIdle = readUsage(bench, system);
  await load.disconnect();

  const heapPerConnection = (heapOf(full) - (heaps.at(-1) ?? 0)) / others.length;
  const idleSeconds = (afterIdle.atMs - beforeIdle.atMs) / 1_000;
  return {
    lists: first.length,
    clients: seats.length,
    heapPerConnection,
    heapPerList: costOfWave(heaps) / listsPerWave - heapPerConnection,
    emptyRssByRole: Object.fromEntries([...empty].map(([role, { rssBytes }]) => [role, rssBytes])),
    connectP50Ms: connected.p50Ms,
    connectP99Ms: connected.p99Ms,
    connectCpuMsByRole: spent(beforeOthers, afterOthers, 1 / others.length),
    connectPostgresCpuMs: (afterOthers.postgresMs - beforeOthers.postgresMs) / others.length,
    connectBytes: connected.bytesPerClient,
    idleCpuUsByRole: spent(beforeIdle, afterIdle, 1_000 / idleSeconds / seats.length),
  };
}

/** Bytes that the middle one of the waves cost, of the heap after each. */
export function costOfWave(heaps: readonly number[]): number {
  const costs = heaps.slice(1).map((heap, before) => heap - (heaps[before] ?? 0));
  return percentile(costs, 0.5);
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
