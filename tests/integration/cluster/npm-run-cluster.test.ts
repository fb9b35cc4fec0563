import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { nodePath, root } from '@trolley/scripts/toolchain';
import { describe, expect, it, onTestFinished } from 'vitest';
import { config } from '../../src/config.ts';
import { NodePhone, untilSaved } from '../../src/node-phone.ts';
import { createTemporaryFolder } from '../../src/temporary-folder.ts';

/** Runs what `npm run cluster` runs once all is built, calls back with its address when it is ready, and stops it. */
async function runCluster(env: Record<string, string>, whileItRuns: (url: string) => Promise<void>) {
  const child = spawn(nodePath, ['scripts/cluster/main.ts'], {
    cwd: root,
    env: { ...config.serverEnvironment, HOST: '127.0.0.1', PORT: '0', REALTIME: '1', API: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // All that it has started ends with it.
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const ended = once(child, 'close');
  let output = '';
  const work: Promise<void>[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      const url = /On this machine\s+(http:\S+)/.exec(output)?.[1];
      if (url === undefined || work.length > 0) return;
      work.push(whileItRuns(url).finally(() => child.kill('SIGTERM')));
    });
  }
  await ended;
  await Promise.all(work);
  return { code: child.exitCode, output };
}

describe('npm run cluster', () => {
  it('runs nodes of each kind behind one address and keeps what was written', async () => {
    using folder = createTemporaryFolder();
    const env = { DATA_DIR: folder.path };
    let phone: NodePhone | null = null;
    const first = await runCluster(env, async (url) => {
      phone = await NodePhone.create(url);
      const list = await phone.client.open(await phone.client.create('Groceries'));
      await untilSaved([list], 20_000);
      expect((await fetch(url, { headers: { accept: 'text/html' } })).status).toBe(200);
    });
    expect(first.code).toBe(0);
    for (const name of ['postgres', 'redis', 'api-1', 'realtime-1'])
      expect(first.output).toMatch(new RegExp(`^${name} +\\| `, 'm'));

    const second = await runCluster(env, async (url) => {
      expect(await phone?.account.at(url).lists()).toHaveLength(1);
      await phone?.client.dispose();
    });
    expect(second.code).toBe(0);
  });

  it.each([
    ['REALTIME', 'many'],
    ['API', '0'],
    ['PORT', '65536'],
    ['DATA_DIR', '/dev/null'],
  ])('names %s in one line and ends with 1 when it is %s', async (name, value) => {
    using folder = createTemporaryFolder();
    const { code, output } = await runCluster({ DATA_DIR: folder.path, [name]: value }, () => Promise.resolve());
    expect(code).toBe(1);
    expect(output.trim().split('\n')).toEqual([expect.stringContaining(value)]);
  });
});
