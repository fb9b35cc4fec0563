import { rmSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Clock } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import { workerReportSchema, type WorkerData } from './worker-protocol.ts';

const restartDelayMs = 1_000;

/**
 * Keeps the database's thread, as `start` makes it, alive. When it dies (a disk refuses an fsync, say), queries in flight are refused, and a
 * new thread replays the log and serves the same socket; the driver reconnects by itself. Rejects when the first start fails.
 */
export async function superviseWorker(
  start: () => Promise<Worker>,
  clock: Clock,
  logger: Logger,
): Promise<{ dispose(): Promise<void> }> {
  let isDisposed = false;
  let cancelRestart = (): void => undefined;
  let current: Promise<Worker | null> = Promise.resolve(watch(await start()));

  function watch(worker: Worker): Worker {
    worker.on('error', (error) => {
      logger.error({ err: error }, 'the embedded database failed');
    });
    worker.once('exit', (code) => {
      if (isDisposed) return;
      logger.error({ code }, 'the embedded database stopped; starting it again');
      restartLater();
    });
    return worker;
  }

  function restartLater(): void {
    cancelRestart = clock.schedule(restartDelayMs, () => {
      current = start().then(watch, (error: unknown) => {
        logger.error({ err: error }, 'the embedded database could not be started');
        if (!isDisposed) restartLater();
        return null;
      });
    });
  }

  return {
    dispose: async () => {
      isDisposed = true;
      cancelRestart();
      const worker = await current;
      if (worker !== null) await stopWorker(worker);
    },
  };
}

/** A thread whose database is open and served. */
export async function startWorker(data: WorkerData): Promise<Worker> {
  // A thread that died left its socket, which the next one could not bind.
  if (process.platform !== 'win32') rmSync(data.socketPath, { force: true });
  const worker = new Worker(new URL('./database-worker.ts', import.meta.url), { workerData: data });
  await new Promise<void>((ready, failed) => {
    worker.once('error', failed);
    worker.once('exit', (code) => {
      failed(new Error(`The embedded database stopped with code ${code} before it was ready.`));
    });
    worker.once('message', (message: unknown) => {
      if (workerReportSchema.parse(message).kind === 'ready') ready();
    });
  });
  worker.removeAllListeners();
  return worker;
}

/** Closes the database in order. A thread that is gone already has nothing to close: its log is replayed at the next start. */
async function stopWorker(worker: Worker): Promise<void> {
  if (worker.threadId === -1) return;
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      resolve();
    });
  });
  worker.postMessage('stop');
  await exited;
}
