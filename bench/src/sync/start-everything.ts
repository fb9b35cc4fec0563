import { randomBytes } from 'node:crypto';
import { createTemporaryFolder } from '@trolley/tests/temporary-folder';
import { startPostgres } from '@trolley/scripts/services/postgres';
import postgres from 'postgres';
import { LoadProcess } from './load-process.ts';
import type { Plan } from './load-plan.ts';
import type { Bench } from './measure-run.ts';
import { prepareLists, type PreparedLists } from './prepare-lists.ts';
import { setsNeeded } from './run-bench.ts';
import { databaseOf, runSystem, type RunningSystem, type Surroundings } from './running-system.ts';
import { startOurs } from './start-ours.ts';
import { startPeers } from './start-peers.ts';
import type { SystemPlan } from './systems.ts';

/** The same for everybody. A new WAL file is not filled with zeros first: that is 16 MB at once, in the middle of somebody's step. */
export const postgresSettings = { fsync: 'on', wal_init_zero: 'off', max_connections: '200' } as const;

const template = 'bench_template';

export interface StartedBench {
  readonly bench: Bench;
  readonly prepared: PreparedLists;
  readonly stop: () => Promise<void>;
}

/** Starts Postgres, makes the lists, and starts all systems and the load. Whatever it started ends when it fails. */
export async function startEverything(
  plans: readonly SystemPlan[],
  plan: Plan,
  flags: readonly string[],
): Promise<StartedBench> {
  const folder = createTemporaryFolder();
  const server = await startPostgres({ settings: postgresSettings });
  const sql = postgres(server.url, { max: 1, onnotice: () => undefined });
  const load = new LoadProcess();
  const systems: RunningSystem[] = [];
  const stop = async () => {
    for (const system of systems) await system.stop();
    await load.stop();
    await sql.end();
    await server.stop();
    folder[Symbol.dispose]();
  };
  try {
    const surroundings: Surroundings = {
      postgres: server,
      authSecret: randomBytes(32).toString('hex'),
      serviceToken: randomBytes(32).toString('hex'),
      folder: folder.path,
      flags,
    };
    await sql`create database ${sql(template)}`;
    const prepared = await prepareLists({
      databaseUrl: new URL(`/${template}`, server.url).href,
      authSecret: surroundings.authSecret,
      sets: setsNeeded(plan),
      idleLists: plan.idle?.lists ?? 0,
    });
    for (const system of plans) {
      const database = sql(databaseOf(system.name));
      if (system.dialect === 'trolley') await sql`create database ${database} template ${sql(template)}`;
      else if (system.usesPostgres) await sql`create database ${database}`;
      systems.push(await runSystem(system, surroundings, system.dialect === 'trolley' ? startOurs : startPeers));
    }
    return { bench: { systems, postgres: server, load, sql }, prepared, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
