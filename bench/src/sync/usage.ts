import type { PostgresServer } from '@trolley/scripts/services/postgres';
import type { LoadProcess } from './load-process.ts';
import { machineBusyMs } from './machine-load.ts';
import { processCpuMs, treeCpuMs } from './process-cpu.ts';
import type { RunningSystem } from './running-system.ts';

/** Milliseconds of CPU so far. */
export interface Usage {
  readonly atMs: number;
  /** Of the servers of one system, by what they are in it. */
  readonly byRole: ReadonlyMap<string, number>;
  readonly postgresMs: number;
  readonly redisMs: number;
  readonly generatorMs: number;
  /** Of everything that belongs to the bench, and of the whole machine. */
  readonly benchMs: number;
  readonly machineMs: number;
}

/** All that runs for the bench. */
export interface Everything {
  readonly systems: readonly RunningSystem[];
  readonly postgres: PostgresServer;
  readonly load: LoadProcess;
}

/** Reads what a system, and all that works for it, has used. */
export function readUsage({ systems, postgres, load }: Everything, system: RunningSystem): Usage {
  const byRole = new Map<string, number>();
  for (const { role, cpuMs } of system.servers) byRole.set(role, (byRole.get(role) ?? 0) + cpuMs);
  const postgresMs = treeCpuMs(postgres.process.pid ?? 0);
  const generatorMs = load.cpuMs;
  const allServersMs = sum(systems.flatMap(({ servers }) => servers.map(({ cpuMs }) => cpuMs)));
  const allRedisMs = sum(systems.map(redisCpuMs));
  return {
    atMs: performance.now(),
    byRole,
    postgresMs,
    redisMs: redisCpuMs(system),
    generatorMs,
    benchMs: allServersMs + allRedisMs + postgresMs + generatorMs + processCpuMs(process.pid),
    machineMs: machineBusyMs(),
  };
}

/** Cores that something used between two readings. */
export function cores(before: Usage, after: Usage, read: (usage: Usage) => number): number {
  return Math.max(0, (read(after) - read(before)) / (after.atMs - before.atMs));
}

/** Milliseconds of CPU of all servers of the system. */
export function serversMs({ byRole }: Usage): number {
  return sum([...byRole.values()]);
}

function redisCpuMs({ redis }: RunningSystem): number {
  return redis === null ? 0 : processCpuMs(redis.process.pid ?? 0);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
