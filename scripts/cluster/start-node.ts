import { ManagedProcess, type ProcessListener } from '../services/managed-process.ts';
import { nodePath, root } from '../toolchain.mjs';

export interface NodeOptions {
  readonly name: string;
  /** Its main file, from the top of the project. */
  readonly script: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  readonly listener: ProcessListener;
}

/** Starts one of our own processes, on an address of this machine alone. Resolves when it takes work. */
export async function startNode({ name, script, port, env, listener }: NodeOptions): Promise<ManagedProcess> {
  const node = new ManagedProcess(
    {
      name,
      command: nodePath,
      args: [script],
      folder: root,
      // Nothing of the environment of whoever starts a cluster changes what its nodes do.
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        TMPDIR: process.env['TMPDIR'],
        HOST: '127.0.0.1',
        PORT: String(port),
        ...env,
      },
      ready: { attempt: async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok },
      stopSignal: 'SIGTERM',
    },
    listener,
  );
  await node.start();
  return node;
}
