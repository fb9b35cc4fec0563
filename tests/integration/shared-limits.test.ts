import { startRedis } from '@trolley/scripts/services/redis';
import { startRedisCluster } from '@trolley/scripts/services/redis-cluster';
import { describe, expect, it } from 'vitest';
import { createDatabase } from '../src/create-database.ts';
import { startApiProcess, type ApiProcess } from '../src/start-api.ts';

/** Guesses of passwords that one address may make in a minute (api/src/http/rate-limits.ts). */
const allowed = 20;

async function guess({ url }: ApiProcess): Promise<number> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: 'nobody@example.org', password: 'a guess of many' }),
  });
  return response.status;
}

/** How many of so many guesses at once get past the limit. */
async function countAllowed(api: ApiProcess, guesses: number): Promise<number> {
  const statuses = await Promise.all(Array.from({ length: guesses }, () => guess(api)));
  return statuses.filter((status) => status !== 429).length;
}

describe('the rate limits of several nodes', () => {
  it('S46 count together in Redis, and each for itself while it is away', async () => {
    await using database = await createDatabase();
    const redis = await startRedis();
    const env = { DATABASE_URL: database.url, REDIS_URL: redis.url, LOG_LEVEL: 'warn' };
    const [one, other] = await Promise.all([startApiProcess(env), startApiProcess(env)]);
    const first = await countAllowed(one, allowed - 5);
    const second = await countAllowed(other, allowed - 5);
    expect([first, second]).toEqual([allowed - 5, 5]);
    redis.process.freeze();
    expect(await guess(one)).not.toBe(429);
    redis.process.thaw();
    await redis.process.kill();
    expect(await countAllowed(one, allowed + 5)).toBe(allowed - 1);
    expect(await guess(one)).toBe(429);
    expect(one.lines.join('')).toContain('Redis can not be reached');
    await redis.process.start();
    await expect.poll(() => guess(other), { timeout: 20_000 }).not.toBe(429);
    await Promise.all([one.process.stop(), other.process.stop()]);
    await redis.stop();
  });

  it('S46 count together in a Redis Cluster too', async () => {
    await using database = await createDatabase();
    const redis = await startRedisCluster([{}, {}, {}]);
    const env = { DATABASE_URL: database.url, REDIS_CLUSTER_NODES: redis.nodes, LOG_LEVEL: 'warn' };
    const [one, other] = await Promise.all([startApiProcess(env), startApiProcess(env)]);
    expect(await countAllowed(one, allowed - 5)).toBe(allowed - 5);
    expect(await countAllowed(other, allowed - 5)).toBe(5);
    await Promise.all([one.process.stop(), other.process.stop()]);
    await redis.stop();
  });
});
