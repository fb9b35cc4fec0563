import { startRedis, type RedisServer } from '@trolley/scripts/services/redis';
import { MemoryLog } from '@trolley/shared/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FakeApi } from './testing/fake-api.ts';
import { person, testList as list, updatesFor } from './testing/family.ts';
import { startNodeProcess, type NodeProcess } from './testing/node-process.ts';
import { TestClient } from './testing/test-client.ts';

const [milk = new Uint8Array()] = updatesFor(1, ['Milk']);

describe('realtime nodes as processes of their own', { timeout: 60_000 }, () => {
  let redis: RedisServer;
  let memory: MemoryLog;
  let api: FakeApi;
  const used: (Disposable | AsyncDisposable)[] = [];

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(async () => {
    await redis.stop();
  });
  beforeEach(async () => {
    memory = new MemoryLog();
    memory.create(list, person('a').userId);
    memory.setRole(list, person('b').userId, 'editor');
    for (const letter of ['a', 'b']) memory.addIdentity(`Bearer ${letter}`, person(letter));
    api = keep(await FakeApi.start(memory));
  });
  afterEach(async () => {
    for (const one of used.splice(0).toReversed()) {
      if (Symbol.asyncDispose in one) await one[Symbol.asyncDispose]();
      else one[Symbol.dispose]();
    }
  });

  const keep = <T extends Disposable | AsyncDisposable>(one: T): T => {
    used.push(one);
    return one;
  };
  const start = async (environment: Record<string, string> = {}) =>
    keep(await startNodeProcess({ API_URLS: api.url, LOG_LEVEL: 'error', ...environment }));
  const open = async (node: NodeProcess, letter: string, clientId?: number) =>
    keep(await TestClient.open(node, letter, clientId));
  const readiness = async (node: NodeProcess) => (await fetch(`${node.url}/readyz`)).status;

  it('R17 the people of a node that was killed are gone within 30 s', async () => {
    const environment = { REDIS_URL: redis.url };
    const [one, two] = [await start(environment), await start(environment)];
    const anna = await open(one, 'a', 7);
    await open(two, 'b', 8);
    await anna.next('roster', ({ message }) => message.present.length === 2);
    anna.events.length = 0;
    const beganAtMs = performance.now();
    await two.process.kill();
    const { message } = await anna.next('roster');
    expect(message.present.map(({ clientId }) => clientId)).toEqual([7]);
    expect(performance.now() - beganAtMs).toBeLessThan(30_000);
  });

  it('R15 without Redis, nodes find out within 3 s what they were not told', async () => {
    const [one, two] = [await start(), await start()];
    const [anna, ben] = [await open(one, 'a', 7), await open(two, 'b', 8)];
    const beganAtMs = performance.now();
    await anna.push(milk);
    expect((await ben.next('head')).message).toMatchObject({ list, seq: 1 });
    expect(performance.now() - beganAtMs).toBeLessThan(3_000);
  });

  it('R20 asked to end, a node answers what has come, sends everybody away and ends cleanly', async () => {
    const node = await start({ DRAIN_MS: '1000' });
    const [anna, ben] = [await open(node, 'a', 7), await open(node, 'b', 8)];
    const held = Promise.withResolvers<undefined>();
    const append = memory.append.bind(memory);
    memory.append = async (appends) => {
      await held.promise;
      return append(appends);
    };
    const answer = anna.push(milk);
    await expect.poll(() => api.asked.includes('append')).toBe(true);
    expect(await readiness(node)).toBe(200);
    const stopped = node.process.stop();
    await expect.poll(() => readiness(node)).toBe(503);
    expect((await ben.next('close')).reason).toBe('dismissed');
    held.resolve(undefined);
    expect(await answer).toMatchObject({ ok: true });
    expect((await anna.next('close')).reason).toBe('dismissed');
    await stopped;
  });

  it('R14 a node serves when its api comes later, and says so while it is away', async () => {
    const node = await start();
    const anna = await open(node, 'a', 7);
    await api.stop();
    expect(await anna.push(milk)).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    await api.restart();
    await expect.poll(async () => (await anna.push(milk)).ok, { timeout: 10_000 }).toBe(true);
  });
});
