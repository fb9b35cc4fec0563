import { setTimeout as pause } from 'node:timers/promises';
import type { Sql } from 'postgres';
import type { LoadReport } from '../load/run-load.ts';
import type { Seat } from '../load/seat.ts';
import type { Step } from './load-plan.ts';
import { readPostgresWork, type PostgresWork } from './postgres-work.ts';
import { countRedisCommands } from './redis-commands.ts';
import type { Run } from './results.ts';
import type { RunningSystem } from './running-system.ts';
import { cores, readUsage, serversMs, type Everything, type Usage } from './usage.ts';

/** A run of the bench: everything that is up, and a connection to Postgres for its counters. */
export interface Bench extends Everything {
  readonly sql: Sql;
}

interface Reading {
  readonly usage: Usage;
  readonly postgres: PostgresWork;
  readonly redisCommands: number;
}

/** A system is done with a step when it used less of a core than this for half a second. */
const idleCores = 0.05;
const lookEveryMs = 500;
const settlePatienceMs = 7_000;
/** Postgres' counters tell of a transaction up to a second later. */
const countersLateMs = 1_100;

/** Drives one system at one rate: connects its clients, sends, waits until nothing more is done for it, and tells what it cost. */
export async function measureRun(
  bench: Bench,
  system: RunningSystem,
  seats: readonly Seat[],
  step: Step,
): Promise<Run> {
  const { load } = bench;
  await load.connect(system.plan.dialect, seats);
  try {
    await settle(bench, system, system.plan.usesPostgres ? countersLateMs : lookEveryMs);
    const before = await read(bench, system);
    const report = await load.run(step);
    const sentAll = readUsage(bench, system);
    if (report.firstRefusal !== null) console.error(`refused: ${report.firstRefusal}`);
    await settle(bench, system, system.plan.settleMs);
    return summarize(step, report, { before, sentAll, after: await read(bench, system) });
  } finally {
    await load.disconnect();
  }
}

/** Waits at least so long, and then until the system and its database are idle. */
export async function settle(bench: Everything, system: RunningSystem, atLeastMs: number): Promise<void> {
  const startedMs = performance.now();
  for (let before = readUsage(bench, system); ;) {
    await pause(lookEveryMs);
    const after = readUsage(bench, system);
    const used = cores(before, after, (usage) => serversMs(usage) + usage.postgresMs);
    const tookMs = after.atMs - startedMs;
    if ((used < idleCores && tookMs >= atLeastMs) || tookMs > settlePatienceMs) return;
    before = after;
  }
}

async function read(bench: Bench, system: RunningSystem): Promise<Reading> {
  const { plan, redis } = system;
  const none: PostgresWork = { walBytes: 0, commits: 0, storedBytes: 0 };
  return {
    postgres: plan.usesPostgres ? await readPostgresWork(bench.sql, plan.name) : none,
    redisCommands: redis === null ? 0 : await countRedisCommands(redis.port),
    usage: readUsage(bench, system),
  };
}

interface Readings {
  readonly before: Reading;
  /** When the last edit had arrived. */
  readonly sentAll: Usage;
  readonly after: Reading;
}

function summarize({ rate }: Step, report: LoadReport, { before, sentAll, after }: Readings): Run {
  const { sent, sendingMs, missing, refused, p50Ms, p95Ms, p99Ms, maxMs, generatorCores } = report;
  const usPerUpdate = (ms: number) => (1_000 * ms) / sent;
  const perUpdate = (pick: (reading: Reading) => number) => (pick(after) - pick(before)) / sent;
  const roles = [...after.usage.byRole].map(([role, ms]): [string, number] => {
    return [role, usPerUpdate(ms - (before.usage.byRole.get(role) ?? 0))];
  });
  return {
    rate,
    sent,
    missing,
    refused,
    p50Ms,
    p95Ms,
    p99Ms,
    maxMs,
    reachedRate: sent / (sendingMs / 1_000),
    cpuUs: usPerUpdate(serversMs(after.usage) - serversMs(before.usage)),
    afterwardsCpuUs: usPerUpdate(serversMs(after.usage) - serversMs(sentAll)),
    cpuUsByRole: Object.fromEntries(roles),
    postgresCpuUs: usPerUpdate(after.usage.postgresMs - before.usage.postgresMs),
    redisCpuUs: usPerUpdate(after.usage.redisMs - before.usage.redisMs),
    walBytes: perUpdate(({ postgres }) => postgres.walBytes),
    storedBytes: perUpdate(({ postgres }) => postgres.storedBytes),
    commits: perUpdate(({ postgres }) => postgres.commits),
    redisCommands: perUpdate(({ redisCommands }) => redisCommands),
    bytesIn: report.bytesIn / sent,
    bytesOut: report.bytesOut / sent,
    serverCores: cores(before.usage, sentAll, serversMs),
    generatorCores,
    othersCores: cores(before.usage, sentAll, ({ machineMs, benchMs }) => machineMs - benchMs),
  };
}
