import { join } from 'node:path';
import { ManagedProcess } from '@trolley/scripts/services/managed-process';
import { freePort } from '@trolley/scripts/services/free-port';

/** A realtime node as it runs for people: in a process of its own. */
export interface NodeProcess extends AsyncDisposable {
  readonly url: string;
  readonly process: ManagedProcess;
}

export async function startNodeProcess(environment: Record<string, string>): Promise<NodeProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const managed = new ManagedProcess({
    name: 'A realtime node',
    command: process.execPath,
    args: [join(import.meta.dirname, '../main.ts')],
    env: { HOST: '127.0.0.1', PORT: String(port), SERVICE_TOKEN: 't'.repeat(32), ...environment },
    ready: { attempt: async () => (await fetch(`${url}/readyz`)).ok },
    stopSignal: 'SIGTERM',
  });
  await managed.start();
  return {
    url,
    process: managed,
    [Symbol.asyncDispose]: () => managed.kill(),
  };
}
