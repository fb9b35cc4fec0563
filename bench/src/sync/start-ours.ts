import { NodeProcess } from './node-process.ts';
import { freePorts, type StartServers } from './running-system.ts';

/** Starts our own servers by their own main files, with the limits that they always have. */
export const startOurs: StartServers = async (plan, place, surroundings) => {
  const { authSecret, serviceToken, folder, flags } = surroundings;
  const redis = plan.usesRedis ? { REDIS_URL: place.redisUrl } : {};
  const common = { HOST: '127.0.0.1', LOG_LEVEL: 'warn', ...redis };
  const database = { DATABASE_URL: place.databaseUrl, AUTH_SECRET: authSecret };
  const start = (role: string, script: string, port: number, env: Record<string, string>) =>
    NodeProcess.start({
      role,
      script,
      env: { ...common, PORT: String(port), ...env },
      ready: { attempt: () => isReady(port) },
      flags,
    });

  if (plan.name === 'oneProcess') {
    const ports = await freePorts(1);
    const env = { ...database, DATA_DIR: folder };
    return {
      ports,
      servers: await Promise.all(ports.map((port) => start('server', 'standalone/src/main.ts', port, env))),
    };
  }
  const [apiPort = 0, ...ports] = await freePorts(1 + plan.nodes);
  const api = await start('api', 'api/src/main.ts', apiPort, { ...database, SERVICE_TOKEN: serviceToken });
  const env = { API_URLS: `http://127.0.0.1:${apiPort}`, SERVICE_TOKEN: serviceToken };
  const relays = await Promise.all(ports.map((port) => start('relay', 'realtime/src/main.ts', port, env)));
  return { ports, servers: [api, ...relays] };
};

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
  } catch {
    return false;
  }
}
