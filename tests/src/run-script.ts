import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { nodePath, root } from '@trolley/scripts/toolchain';
import { config } from './config.ts';

/** Runs a script of the project to its end, as npm does. */
export async function runScript(
  script: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(nodePath, [script, ...words], { cwd: root, env: { ...config.serverEnvironment, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  }
  await once(child, 'close');
  return { code: child.exitCode, output };
}
