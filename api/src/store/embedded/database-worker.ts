import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { createCluster } from './create-cluster.ts';
import { DurableNodeFS } from './durable-node-fs.ts';
import { workerDataSchema, type WorkerReport } from './worker-protocol.ts';

/**
 * The embedded database's own thread (on the main thread it would starve every timer and socket). It serves Postgres' wire protocol on a
 * unix socket, so that the same driver and the same SQL run on it and on a server. One connection: PGlite is one session.
 */
if (parentPort === null) throw new Error('database-worker.ts runs as a worker thread');
const port = parentPort;
const { clusterDirectory, socketPath } = workerDataSchema.parse(workerData);

await createCluster(clusterDirectory);
const files = new DurableNodeFS(clusterDirectory);
const database = await PGlite.create({ fs: files, startParams: durableStartParams() });
await proveCommitsAreSynced();
const server = new PGLiteSocketServer({ db: database, path: socketPath, maxConnections: 1 });
await server.start();

port.once('message', () => {
  void stop();
});
report({ kind: 'ready' });

/** PGlite starts Postgres with fsync off (`-F`) and with more shared memory than one family fills. */
function durableStartParams(): string[] {
  return [
    ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
    ...['-c', 'wal_sync_method=fsync', '-c', 'shared_buffers=16MB'],
  ];
}

/** An upgrade of PGlite that renames the hook would lose durability without a sign; this refuses to start instead. */
async function proveCommitsAreSynced(): Promise<void> {
  const before = files.fsyncCount;
  await database.query("select pg_logical_emit_message(true, 'trolley', 'is this commit synced?')");
  if (files.fsyncCount === before) throw new Error('The embedded database does not fsync its commits.');
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
