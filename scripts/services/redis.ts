import { findOrInstall } from './find-or-install.ts';
import { freePort } from './free-port.ts';
import { ManagedProcess, type ProcessListener } from './managed-process.ts';
import { createServerFolder } from './server-folder.ts';

/** A Redis server of our own, on a free port of this machine. It keeps nothing on disk: what it does for us is to pass messages on. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** To kill it, to freeze it, and to start it again on the same port. */
  readonly process: ManagedProcess;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
}

export interface RedisOptions {
  readonly port?: number;
  readonly listener?: ProcessListener;
  /** More settings, as in redis.conf. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Starts a real Redis, installed first when need be and possible. Throws one clear line when none can be had. */
export async function startRedis(options: RedisOptions = {}): Promise<RedisServer> {
  const command = await findRedis('redis-server');
  const folder = createServerFolder('redis');
  const port = options.port ?? (await freePort());
  const settings = { port, bind: '127.0.0.1', dir: folder.path, save: '', daemonize: 'no', ...options.settings };
  const server = new ManagedProcess(
    {
      name: 'Redis',
      command,
      args: Object.entries(settings).flatMap(([key, value]) => [`--${key}`, String(value)]),
      folder: folder.path,
      ready: { line: /Ready to accept connections/ },
      stopSignal: 'SIGTERM',
    },
    options.listener,
  );
  await server.start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    process: server,
    async stop() {
      await server.stop();
      folder.remove();
    },
  };
}

/** Path of one of the programs that come with Redis, installed first when need be. */
export async function findRedis(command: 'redis-server' | 'redis-cli'): Promise<string> {
  return findOrInstall({ title: 'Redis', command, debianPackage: 'redis-server' });
}
