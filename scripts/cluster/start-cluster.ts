import { join } from 'node:path';
import { freePort } from '../services/free-port.ts';
import { startNginx } from '../services/nginx.ts';
import { startPostgres } from '../services/postgres.ts';
import { startRedisCluster } from '../services/redis-cluster.ts';
import { startRedis } from '../services/redis.ts';
import { root } from '../toolchain.mjs';
import { createSecrets, type ClusterSecrets } from './cluster-secrets.ts';
import { Cluster, type NodeKind } from './cluster.ts';
import { KeptProcess } from './kept-process.ts';
import { startNode } from './start-node.ts';

export interface ClusterOptions {
  /** How many nodes. */
  readonly realtime?: number;
  readonly api?: number;
  /** Where the gateway listens. */
  readonly host?: string;
  readonly port?: number;
  readonly publicUrl?: string | null;
  /** Folder in which Postgres keeps its data from one start to the next. Without it they are gone with the cluster. */
  readonly keptIn?: string;
  readonly secrets?: ClusterSecrets;
  /** More masters than one make a Redis Cluster. */
  readonly redisMasters?: number;
  /** More environment of each node. */
  readonly nodeEnv?: Readonly<Record<string, string>>;
  /** Main files other than the usual ones, from the top of the project. */
  readonly scripts?: Partial<Readonly<Record<NodeKind, string>>>;
  /** Hears each line that a process writes. */
  readonly onLine?: (name: string, line: string) => void;
}

/**
 * Starts the shape of docker-compose.yml as plain processes, on free ports of this machine: gateway, realtime nodes, api nodes, Postgres and
 * Redis. Resolves when all take work; rejects, with nothing left running, when one can't be started.
 */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const processes: KeptProcess[] = [];
  const servers: Server[] = [];
  const createKept = (name: string) => {
    const process = new KeptProcess(name, options.onLine ?? (() => undefined));
    processes.push(process);
    return process;
  };
  const dispose = async () => {
    for (const server of servers) await server.stop();
  };
  try {
    const needed = await startServices(options, createKept, servers);
    const addresses = await startNodes(options, needed, createKept);
    const gateway = createKept('gateway');
    const { host, port, publicUrl } = options;
    const nginx = await startNginx({
      ...addresses,
      webRoot: join(root, 'web', 'build'),
      listener: gateway.listener,
      ...(host === undefined ? {} : { host }),
      ...(port === undefined ? {} : { port }),
      ...(publicUrl === undefined ? {} : { publicUrl }),
    });
    servers.push(nginx);
    const url = `http://127.0.0.1:${nginx.port}`;
    gateway.keep(nginx.process, url);
    return new Cluster(url, processes, dispose);
  } catch (error) {
    await new Cluster('', processes, dispose).stop();
    throw error;
  }
}

/** Something whose `stop` also removes its folder. */
interface Server {
  stop(): Promise<void>;
}

type CreateKept = (name: string) => KeptProcess;

/** Postgres and Redis. Answers how the nodes reach them. */
async function startServices(options: ClusterOptions, createKept: CreateKept, servers: Server[]) {
  const { redisMasters = 1, keptIn, secrets } = options;
  const postgres = createKept('postgres');
  const database = await startPostgres({
    listener: postgres.listener,
    ...(keptIn === undefined ? {} : { keptIn }),
    ...(secrets === undefined ? {} : { password: secrets.databasePassword }),
  });
  servers.push(database);
  postgres.keep(database.process, database.url);

  if (redisMasters === 1) {
    const kept = createKept('redis');
    const redis = await startRedis({ listener: kept.listener });
    servers.push(redis);
    kept.keep(redis.process, redis.url);
    return { DATABASE_URL: database.url, redis: { REDIS_URL: redis.url } };
  }
  const masters = Array.from({ length: redisMasters }, (_, index) => createKept(`redis-${index + 1}`));
  const redis = await startRedisCluster(masters.map(({ listener }) => listener));
  servers.push(redis);
  redis.servers.forEach((server, index) => masters[index]?.keep(server.process, server.url));
  return { DATABASE_URL: database.url, redis: { REDIS_CLUSTER_NODES: redis.nodes } };
}

type Services = Awaited<ReturnType<typeof startServices>>;

/** All nodes at once: those of the api agree among themselves on who brings the tables up to date. Answers their addresses. */
async function startNodes(options: ClusterOptions, services: Services, createKept: CreateKept) {
  const { secrets = createSecrets(), nodeEnv, publicUrl } = options;
  const ports = {
    api: await freePorts(options.api ?? 2),
    realtime: await freePorts(options.realtime ?? 2),
  };
  const common = { SERVICE_TOKEN: secrets.serviceToken, PUBLIC_URL: publicUrl ?? '', ...services.redis, ...nodeEnv };
  const env: Record<NodeKind, Record<string, string>> = {
    api: { ...common, DATABASE_URL: services.DATABASE_URL, AUTH_SECRET: secrets.authSecret, TRUST_PROXY: 'true' },
    realtime: { ...common, API_URLS: ports.api.map((port) => `http://127.0.0.1:${port}`).join(',') },
  };
  const scripts = { ...mainFiles, ...options.scripts };
  const kinds: readonly NodeKind[] = ['api', 'realtime'];
  const starts = kinds.flatMap((kind) =>
    ports[kind].map(async (port, index) => {
      const name = `${kind}-${index + 1}`;
      const kept = createKept(name);
      const node = await startNode({ name, script: scripts[kind], port, env: env[kind], listener: kept.listener });
      kept.keep(node, `http://127.0.0.1:${port}`);
    }),
  );
  // All have ended their start before one that failed is told of: what has been started can then be stopped.
  await Promise.allSettled(starts);
  await Promise.all(starts);
  const addresses = (kind: NodeKind) => ports[kind].map((port) => `127.0.0.1:${port}`);
  return { api: addresses('api'), realtime: addresses('realtime') };
}

const mainFiles: Readonly<Record<NodeKind, string>> = { api: 'api/src/main.ts', realtime: 'realtime/src/main.ts' };

async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = await freePort();
    if (!ports.includes(port)) ports.push(port);
  }
  return ports;
}
