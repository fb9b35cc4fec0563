import { parentPort, workerData } from 'node:worker_threads';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { createCluster } from './create-cluster.ts';
import { openDurableDatabase } from './open-durable-database.ts';
import { workerDataSchema, type WorkerReport } from './worker-protocol.ts';

/*
 * The embedded database's own thread (on the main thread it would starve every timer and socket). It serves Postgres' wire protocol on a
 * unix socket, so that the same driver and the same SQL run on it and on a server. One connection: PGlite is one session.
 */
if (parentPort === null) throw new Error('database-worker.ts runs as a worker thread');
const port = parentPort;
const { clusterDirectory, socketPath } = workerDataSchema.parse(workerData);

await createCluster(clusterDirectory);
const database = await openDurableDatabase(clusterDirectory);
endOnFailure();
const server = new PGLiteSocketServer({ db: database, path: socketPath, maxConnections: 1 });
await server.start();

port.once('message', () => {
  void stop();
});
report({ kind: 'ready' });

/**
 * Errors of SQL come back as messages of the protocol. What is thrown instead (a refused fsync, an abort of the WebAssembly) leaves the
 * database in no known state and the socket server's queue stuck for good: so the thread ends, and its successor replays the log.
 */
function endOnFailure(): void {
  const execute = database.execProtocolRawStream.bind(database);
  database.execProtocolRawStream = async (message, options) => {
    try {
      await execute(message, options);
    } catch (error) {
      setImmediate(() => {
        throw error;
      });
      throw error;
    }
  };
}

async function stop(): Promise<void> {
  await server.stop();
  await database.close();
  report({ kind: 'stopped' });
  port.close();
}

function report(message: WorkerReport): void {
  port.postMessage(message);
}
