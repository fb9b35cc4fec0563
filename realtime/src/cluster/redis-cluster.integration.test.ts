import { execFileSync } from 'node:child_process';
import { findRedis, startRedis, type RedisServer } from '@trolley/scripts/services/redis';
import { systemClock } from '@trolley/shared/protocol';
import { MemoryLog } from '@trolley/shared/testing';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updatesFor } from '../testing/family.ts';
import { TestClient } from '../testing/test-client.ts';
import { startTestNode, type TestNode } from '../testing/test-node.ts';
import { beatChannelsFor } from './beat-channels.ts';
import { createRedisLink, type RedisLink } from './redis-link.ts';
import { slotOf } from './shard-subscriber.ts';

const [milk = new Uint8Array()] = updatesFor(1, ['Milk']);

describe('two nodes with a Redis Cluster between them', { timeout: 60_000 }, () => {
  let masters: RedisServer[] = [];
  let links: RedisLink[] = [];
  let nodes: TestNode[] = [];
  const clients: TestClient[] = [];
  let anna: TestClient;
  let ben: TestClient;
  let pushed = 0;

  beforeAll(async () => {
    const settings = { 'cluster-enabled': 'yes', 'cluster-node-timeout': '2000' };
    masters = await Promise.all([1, 2, 3].map(() => startRedis({ settings })));
    const addresses = masters.map(({ port }) => `127.0.0.1:${port}`);
    execFileSync(await findRedis('redis-cli'), ['--cluster', 'create', ...addresses, '--cluster-yes'], {
      stdio: 'ignore',
    });
    const address = { nodes: masters.map(({ port }) => ({ host: '127.0.0.1', port })) };
    const memory = new MemoryLog();
    const logger = pino({ level: 'silent' });
    links = [1, 2].map(() => createRedisLink(address, { clock: systemClock, logger }));
    const options = { memory, isLogShared: true, rateFactor: 100 };
    nodes = await Promise.all(links.map((redis) => startTestNode({ a: 'editor', b: 'editor' }, { ...options, redis })));
    const [one, two] = nodes;
    if (one === undefined || two === undefined) throw new Error('two');
    anna = await TestClient.open(one, 'a', 7);
    ben = await TestClient.open(two, 'b', 8);
    clients.push(anna, ben);
  }, 60_000);
  afterAll(async () => {
    for (const client of clients) client[Symbol.dispose]();
    for (const node of nodes) await node[Symbol.asyncDispose]();
    for (const link of links) link.close();
    for (const master of masters) await master.process.kill();
    for (const master of masters) await master.stop();
  });

  const edit = async () => {
    pushed += 1;
    expect(await anna.push(milk)).toMatchObject({ ok: true, value: { seq: pushed } });
  };
  const untilBenKnows = async () => {
    const beganAtMs = performance.now();
    await Promise.race([
      ben.next('update', ({ message }) => message.seq === pushed),
      ben.next('head', ({ message }) => message.seq >= pushed),
    ]);
    return performance.now() - beganAtMs;
  };
  /** Ben gets edits themselves, and not only the news that there are some. */
  const untilEditsArrive = () =>
    expect
      .poll(
        async () => {
          ben.events.length = 0;
          await edit();
          await untilBenKnows();
          return ben.events.some(({ kind }) => kind === 'update');
        },
        { timeout: 20_000 },
      )
      .toBe(true);

  it('R15 has a beat for each eighth of the slots', () => {
    const eighths = beatChannelsFor(true).map((channel) => Math.floor(slotOf(channel) / 2_048));
    expect(eighths).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('R2, R17 carry edits, and who is there', async () => {
    await ben.next('roster', ({ message }) => message.present.length === 2);
    await untilEditsArrive();
  });

  it('R15 hear of each other within 3 s whichever shard is killed, and as before when it is back', async () => {
    for (const master of masters) {
      await master.process.kill();
      for (let round = 0; round < 2; round += 1) {
        await edit();
        expect(await untilBenKnows()).toBeLessThan(3_000);
      }
      await master.process.start();
      await untilEditsArrive();
    }
  });

  it('R15 hear of each other within 3 s while the whole cluster is gone, and as before when it is back', async () => {
    await Promise.all(masters.map((master) => master.process.kill()));
    for (let round = 0; round < 2; round += 1) {
      await edit();
      expect(await untilBenKnows()).toBeLessThan(3_000);
    }
    await Promise.all(masters.map((master) => master.process.start()));
    await untilEditsArrive();
  });
});
