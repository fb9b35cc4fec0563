import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem, type } from 'node:os';
import { findRedis } from '@trolley/scripts/services/redis';
import type { Sql } from 'postgres';
import type { Results } from './results.ts';
import { postgresSettings } from './start-everything.ts';

const bytesPerGb = 1024 ** 3;

/** What everything ran on. */
export function describeMachine(): Results['machine'] {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown processor',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / bytesPerGb),
    system: `${type()} ${release()}`,
  };
}

/** What everything ran with. */
export async function describeVersions(sql: Sql): Promise<Results['versions']> {
  const [row] = await sql<{ server_version: string }[]>`show server_version`;
  const redis = execFileSync(await findRedis('redis-server'), ['--version'], { encoding: 'utf8' });
  return {
    node: process.version,
    postgres: row?.server_version.split(' ')[0] ?? '',
    redis: /v=([\d.]+)/.exec(redis)?.[1] ?? '',
    postgresSettings: Object.entries(postgresSettings)
      .map(([name, value]) => `${name}=${value}`)
      .join(', '),
  };
}
