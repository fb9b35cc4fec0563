import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import type { ProcessListener } from './managed-process.ts';
import { findRedis, startRedis, type RedisServer } from './redis.ts';

const execute = promisify(execFile);

/** A Redis Cluster of our own: masters without replicas, on free ports of this machine. */
export interface RedisCluster {
  /** `host:port` of each master, with commas between. */
  readonly nodes: string;
  readonly servers: readonly RedisServer[];
  /** Ends the servers and removes their folders. */
  stop(): Promise<void>;
}

/** Starts a real Redis Cluster, one master for each listener: three at least. Resolves when every slot is served. */
export async function startRedisCluster(listeners: readonly ProcessListener[]): Promise<RedisCluster> {
  const servers = await Promise.all(listeners.map(startMaster));
  const addresses = servers.map(({ port }) => `127.0.0.1:${port}`);
  const client = await findRedis('redis-cli');
  await execute(client, ['--cluster', 'create', ...addresses, '--cluster-yes']);
  return {
    nodes: addresses.join(','),
    servers,
    async stop() {
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}

async function startMaster(listener: ProcessListener): Promise<RedisServer> {
  return startRedis({
    listener,
    settings: {
      'cluster-enabled': 'yes',
      'cluster-config-file': 'nodes.conf',
      'cluster-node-timeout': '2000',
      // Otherwise it is the port and 10,000, which may be in use.
      'cluster-port': String(await freePort()),
    },
  });
}
