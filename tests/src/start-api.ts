import { ManagedProcess } from '@trolley/scripts/services/managed-process';
import { nodePath, root } from '@trolley/scripts/toolchain';
import { config } from './config.ts';

/** A process of the api alone, as a cluster has several. */
export interface ApiProcess {
  readonly url: string;
  readonly process: ManagedProcess;
  /** All that it has written so far. */
  readonly lines: readonly string[];
}

/** What every api of a test is started with. */
export const apiSecrets = { AUTH_SECRET: 'a'.repeat(32), SERVICE_TOKEN: 's'.repeat(32) } as const;

const readyLine = /"port":(\d+),"msg":"ready"/;

/** Starts one on a free port of this machine alone. Resolves when it takes requests; rejects with its output if it ends. */
export async function startApiProcess(env: Readonly<Record<string, string>>): Promise<ApiProcess> {
  const lines: string[] = [];
  const child = new ManagedProcess(
    {
      name: 'the api',
      command: nodePath,
      args: ['api/src/main.ts'],
      folder: root,
      env: { ...config.serverEnvironment, HOST: '127.0.0.1', PORT: '0', ...apiSecrets, ...env },
      ready: { line: readyLine },
      stopSignal: 'SIGTERM',
    },
    { onLine: (line) => lines.push(line) },
  );
  await child.start();
  const port = lines.flatMap((line) => readyLine.exec(line)?.[1] ?? []).at(-1) ?? '';
  return { url: `http://127.0.0.1:${port}`, process: child, lines };
}
