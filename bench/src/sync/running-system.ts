import { freePort } from '@trolley/scripts/services/free-port';
import type { PostgresServer } from '@trolley/scripts/services/postgres';
import { startRedis, type RedisServer } from '@trolley/scripts/services/redis';
import type { NodeProcess } from './node-process.ts';
import type { SystemName, SystemPlan } from './systems.ts';

/** What all systems of a run have in common. */
export interface Surroundings {
  readonly postgres: PostgresServer;
  readonly authSecret: string;
  readonly serviceToken: string;
  /** For what the one-process form keeps beside its database. */
  readonly folder: string;
  /** Flags of Node for the processes of one system, to profile it. */
  readonly flags: readonly string[];
}

/** A system whose servers run. */
export interface RunningSystem {
  readonly plan: SystemPlan;
  readonly servers: readonly NodeProcess[];
  /** Ports that clients connect to. */
  readonly ports: readonly number[];
  readonly redis: RedisServer | null;
  /** All its processes stand still, with their connections open, until `thaw`. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/** Where the processes of a system find each other. */
export interface Place {
  readonly databaseUrl: string;
  readonly redisUrl: string;
}

interface Started {
  readonly servers: readonly NodeProcess[];
  readonly ports: readonly number[];
}

export type StartServers = (plan: SystemPlan, place: Place, surroundings: Surroundings) => Promise<Started>;

/** Starts a system on a database and, if it has one, a Redis of its own. */
export async function runSystem(
  plan: SystemPlan,
  surroundings: Surroundings,
  start: StartServers,
): Promise<RunningSystem> {
  const redis = plan.usesRedis ? await startRedis() : null;
  const place = { databaseUrl: databaseUrl(surroundings, plan.name), redisUrl: redis?.url ?? '' };
  const { servers, ports } = await start(plan, place, surroundings);
  const processes = [...servers, ...(redis === null ? [] : [redis.process])];
  return {
    plan,
    servers,
    ports,
    redis,
    freeze() {
      for (const process of processes) process.freeze();
    },
    thaw() {
      for (const process of processes) process.thaw();
    },
    async stop() {
      for (const server of servers) await server.stop();
      await redis?.stop();
    },
  };
}

/** Name of a system's database. */
export function databaseOf(name: SystemName): string {
  return `bench_${name.toLowerCase()}`;
}

function databaseUrl({ postgres }: Surroundings, name: SystemName): string {
  const url = new URL(postgres.url);
  url.pathname = `/${databaseOf(name)}`;
  return url.href;
}

/** A free port for each of so many nodes. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = await freePort();
    if (!ports.includes(port)) ports.push(port);
  }
  return ports;
}
