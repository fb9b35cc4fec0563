import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { startPostgres } from '@trolley/scripts/services/postgres';
import { findRedis, startRedis } from '@trolley/scripts/services/redis';
import { nodePath } from '@trolley/scripts/toolchain';
import postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { createTemporaryFolder } from '../src/temporary-folder.ts';

const execute = promisify(execFile);

async function ask(port: number, ...command: string[]): Promise<string> {
  const { stdout } = await execute(await findRedis('redis-cli'), ['-p', String(port), ...command]);
  return stdout.trim();
}

async function query(url: string, statement: string): Promise<unknown> {
  const sql = postgres(url, { max: 1 });
  try {
    return await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

function firstChunk(stream: Readable): Promise<string> {
  return new Promise((resolve) => {
    stream.once('data', (chunk) => {
      resolve(String(chunk));
    });
  });
}

describe('Redis for the tests', () => {
  it('is another after a kill, on the same port', async () => {
    const redis = await startRedis();
    await ask(redis.port, 'set', 'key', 'value');
    await redis.process.kill();
    await expect(ask(redis.port, 'ping')).rejects.toThrow(/refused/);
    await redis.process.start();
    expect(await ask(redis.port, 'get', 'key')).toBe('');
    await redis.stop();
  });

  it('answers what it was asked while it was frozen', async () => {
    const redis = await startRedis();
    redis.process.freeze();
    const socket = connect(redis.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write('PING\r\n');
    redis.process.thaw();
    expect(await firstChunk(socket)).toBe('+PONG\r\n');
    socket.destroy();
    await redis.stop();
  });

  it('ends with whoever started it, even if they are killed', async () => {
    const script = "const { startRedis } = await import('@trolley/scripts/services/redis');";
    const starter = spawn(
      nodePath,
      [
        '--input-type=module',
        '--eval',
        `${script} console.log((await startRedis()).port); setInterval(() => 0, 9999);`,
      ],
      { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const socket = connect(Number(await firstChunk(starter.stdout)), '127.0.0.1');
    await once(socket, 'connect');
    // It may be cut off in the middle of something, which is no error here.
    socket.on('error', () => undefined);
    const closed = Promise.withResolvers<unknown>();
    socket.once('close', closed.resolve);
    starter.kill('SIGKILL');
    await closed.promise;
    expect(socket.destroyed).toBe(true);
  });
});

describe('Postgres for the tests', () => {
  it.each(['SIGQUIT', 'SIGKILL'] as const)('has kept what was committed after %s', async (signal) => {
    const server = await startPostgres();
    await query(server.url, 'create table kept as select 1 as value');
    await server.process.kill(signal);
    await server.process.start();
    expect(await query(server.url, 'select * from kept')).toEqual([{ value: 1 }]);
    await server.stop();
  });

  it('keeps its data in a folder of our choice, behind a password', async () => {
    using folder = createTemporaryFolder();
    const options = { keptIn: folder.path, password: 'correct-horse' };
    const first = await startPostgres(options);
    await query(first.url, 'create table kept as select 1 as value');
    await first.stop();
    const second = await startPostgres(options);
    expect(await query(second.url, 'select * from kept')).toEqual([{ value: 1 }]);
    await expect(query(second.url.replace('correct-horse', 'wrong'), 'select 1')).rejects.toThrow(/password/);
    await second.stop();
  });

  it('says why it does not start', async () => {
    await expect(startPostgres({ settings: { shared_buffers: 'much' } })).rejects.toThrow(/shared_buffers/);
  });
});
