import type { SystemPlan } from './systems.ts';
import { NodeProcess } from './node-process.ts';
import { freePorts, type StartServers } from './running-system.ts';

const scripts = { bare: 'ws-relay.mjs', yWebsocket: 'y-websocket.mjs', hocuspocus: 'hocuspocus.mjs' } as const;

/** Starts servers of other people, as bench/peers sets them up. */
export const startPeers: StartServers = async (plan, { databaseUrl, redisUrl }) => {
  const ports = await freePorts(plan.nodes);
  const starts = ports.map((port) =>
    NodeProcess.start({
      role: 'server',
      script: `bench/peers/${scriptOf(plan)}`,
      env: {
        PORT: String(port),
        ...(plan.usesPostgres ? { DATABASE_URL: databaseUrl } : {}),
        ...(plan.usesRedis ? { REDIS_URL: redisUrl } : {}),
      },
      ready: { line: /^ready$/ },
    }),
  );
  return { servers: await Promise.all(starts), ports };
};

function scriptOf({ dialect, name }: SystemPlan): string {
  if (dialect === 'trolley') throw new Error(`${name} is no peer`);
  return scripts[dialect];
}
