import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Clock } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import { lockDirectory } from './directory-lock.ts';
import { placeSocket } from './socket-path.ts';
import { startWorker, superviseWorker } from './supervise-worker.ts';

export interface EmbeddedDatabase {
  /** Unix socket that speaks Postgres' protocol, to one client at a time. */
  socketPath: string;
  dispose(): Promise<void>;
}

/**
 * Starts the database that lives in `dataDir`, making it on the first start. Every commit is on disk when it returns; a kill -9 at any
 * time loses none.
 *
 * @throws StoreUnusableError when another process has the directory.
 */
export async function startEmbeddedDatabase(dataDir: string, clock: Clock, logger: Logger): Promise<EmbeddedDatabase> {
  const directory = resolve(dataDir);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const unlock = lockDirectory(directory);
  const socket = placeSocket(directory);
  const release = (): void => {
    socket.remove();
    unlock();
  };
  try {
    const worker = await superviseWorker(
      () => startWorker({ clusterDirectory: join(directory, 'postgres'), socketPath: socket.path }),
      clock,
      logger,
    );
    return {
      socketPath: socket.path,
      dispose: async () => {
        await worker.dispose();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}
