import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { nodePath, root } from '@trolley/scripts/toolchain';
import postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { config } from '../src/config.ts';
import { createDatabase } from '../src/create-database.ts';
import { startTrolley } from '../src/start-trolley.ts';
import { createTemporaryFolder } from '../src/temporary-folder.ts';

describe('npm start', () => {
  it('serves the app and its api from one address', async () => {
    using folder = createTemporaryFolder();
    const trolley = await startTrolley({ dataDir: folder.path });
    const page = await fetch(trolley.url, { headers: { accept: 'text/html' } });
    const ready = await fetch(new URL('/readyz', trolley.url));
    await trolley.stop();
    expect([page.status, page.headers.get('content-type'), ready.status]).toEqual([
      200,
      'text/html; charset=utf-8',
      200,
    ]);
  });

  it('tells whoever comes before it is ready to come again, at once', async () => {
    using folder = createTemporaryFolder();
    const first = await startTrolley({ dataDir: folder.path });
    await first.stop();
    const starting = startTrolley({ dataDir: folder.path, port: first.port });
    const statuses = new Set<number>();
    while (!statuses.has(200)) {
      const response = await fetch(new URL('/readyz', first.url)).catch(() => null);
      if (response !== null) statuses.add(response.status);
    }
    const trolley = await starting;
    await trolley.stop();
    expect([...statuses]).toEqual([503, 200]);
  });

  it('keeps its data in the Postgres that DATABASE_URL names', async () => {
    using folder = createTemporaryFolder();
    await using database = await createDatabase();
    const trolley = await startTrolley({ dataDir: folder.path, env: { DATABASE_URL: database.url } });
    const signIn = await fetch(new URL('/api/auth/sign-in/anonymous', trolley.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: trolley.url },
      body: '{}',
    });
    await trolley.stop();
    const sql = postgres(database.url, { max: 1 });
    const [row] = await sql`SELECT count(*)::int AS count FROM "user"`;
    await sql.end();
    expect([signIn.status, row]).toEqual([200, { count: 1 }]);
  });

  it('starts again on the data of a server that was killed', async () => {
    using folder = createTemporaryFolder();
    const killed = await startTrolley({ dataDir: folder.path });
    await killed.kill('SIGKILL');
    const { port, stop } = await startTrolley({ dataDir: folder.path, port: killed.port });
    await stop();
    expect(port).toBe(killed.port);
  });

  it.each([
    ['PORT', 'eighty'],
    ['HOST', '203.0.113.1'],
    ['DATABASE_URL', 'mysql://localhost/trolley'],
    ['PUBLIC_URL', 'trolley.example'],
    ['DATA_DIR', '/dev/null/data'],
  ])('names %s in one line and ends with 1 when it is %s', async (name, value) => {
    using folder = createTemporaryFolder();
    const { code, output } = await runStart({ DATA_DIR: folder.path, PORT: '0', [name]: value });
    expect(code).toBe(1);
    expect(output.trim().split('\n')).toEqual([expect.stringContaining(`${name}=${value}`)]);
  });

  it.each([
    ['once, as a service manager sends it', 1],
    ['twice, as a terminal and npm both send it', 2],
  ])('ends cleanly when a signal comes %s', async (_how, times) => {
    using folder = createTemporaryFolder();
    const { code } = await runStart({ DATA_DIR: folder.path, PORT: '0', HOST: '127.0.0.1' }, (child) => {
      for (let time = 0; time < times; time += 1) child.kill('SIGTERM');
    });
    expect(code).toBe(0);
  });
});

/** Runs the script behind `npm start` to its end, and calls back once when the server is ready. */
async function runStart(
  env: Record<string, string>,
  onReady: (child: ChildProcess) => void = () => undefined,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(nodePath, ['scripts/start.mjs'], { cwd: root, env: { ...config.serverEnvironment, ...env } });
  let output = '';
  let isReady = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (isReady || !output.includes('On this machine')) return;
      isReady = true;
      onReady(child);
    });
  }
  await once(child, 'close');
  return { code: child.exitCode, output };
}
