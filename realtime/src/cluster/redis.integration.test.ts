import { startRedis, type RedisServer } from '@trolley/scripts/services/redis';
import { systemClock } from '@trolley/shared/protocol';
import { MemoryLog } from '@trolley/shared/testing';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { person, testList as list, updatesFor } from '../testing/family.ts';
import { TestClient } from '../testing/test-client.ts';
import { startTestNode, type TestNode } from '../testing/test-node.ts';
import { createRedisLink, type RedisLink } from './redis-link.ts';

const updates = updatesFor(1, ['Milk', 'Bread', 'Eggs', 'Salt', 'Tea']);

describe('two nodes with Redis between them', () => {
  let redis: RedisServer;
  let memory: MemoryLog;
  let links: RedisLink[];
  let nodes: TestNode[];
  let anna: TestClient;
  let ben: TestClient;
  let pushed: number;

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(async () => {
    await redis.stop();
  });
  beforeEach(async () => {
    memory = new MemoryLog();
    const logger = pino({ level: 'silent' });
    links = [1, 2].map(() => createRedisLink({ url: redis.url }, { clock: systemClock, logger }));
    nodes = await Promise.all(
      links.map((link) =>
        startTestNode({ a: 'editor', b: 'editor' }, { memory, redis: link, isLogShared: true, rateFactor: 100 }),
      ),
    );
    const [one, two] = nodes;
    if (one === undefined || two === undefined) throw new Error('two');
    anna = await TestClient.open(one, 'a', 7);
    ben = await TestClient.open(two, 'b', 8);
    pushed = 0;
    await present(anna, 2);
    await present(ben, 2);
  });
  afterEach(async () => {
    for (const client of [anna, ben]) client[Symbol.dispose]();
    for (const node of nodes) await node[Symbol.asyncDispose]();
    for (const link of links) link.close();
    redis.process.thaw();
    if (!redis.process.isRunning) await redis.process.start();
  });

  const present = (client: TestClient, count: number) =>
    client.next('roster', ({ message }) => message.present.length === count);
  const edit = async () => {
    const update = updates[pushed % updates.length] ?? new Uint8Array();
    pushed += 1;
    expect(await anna.push(update)).toMatchObject({ ok: true, value: { seq: pushed } });
  };
  /** How long it takes until Ben knows of all that was pushed: by the update itself, or by being told to pull. */
  const untilBenKnows = async () => {
    const beganAtMs = performance.now();
    await Promise.race([
      ben.next('update', ({ message }) => message.seq === pushed),
      ben.next('head', ({ message }) => message.seq >= pushed),
    ]);
    return performance.now() - beganAtMs;
  };

  it('R2 carry an edit from one to the other, byte for byte', async () => {
    await edit();
    const { message } = await ben.next('update');
    expect({ ...message, update: [...message.update] }).toEqual({
      list,
      epoch: 0,
      seq: 1,
      update: [...(updates[0] ?? [])],
    });
  });

  it('R2 carry edits of one batch in their order, also when they are many', async () => {
    const sent = updatesFor(
      2,
      Array.from({ length: 60 }, (_, index) => `Tin ${index}`),
    );
    const answers = await Promise.all(sent.map((update) => anna.push(update)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    const isLast = ({ message }: { message: { seq: number | null } }) => message.seq === sent.length;
    await ben.next('update', isLast);
    const heard = ben.events.flatMap((event) => (event.kind === 'update' ? [event.message] : []));
    expect(heard.map(({ seq }) => seq)).toEqual(sent.map((_, index) => index + 1));
    expect(heard.map(({ update }) => [...update])).toEqual(sent.map((update) => [...update]));
  });

  it('R5 carry presence', async () => {
    const awareness = Uint8Array.of(1, 7, 1, 2, 123, 125);
    anna.transport.sendPresence({ list, awareness });
    expect([...(await ben.next('presence')).message.awareness]).toEqual([...awareness]);
  });

  it('R17 know who is there on both, also of whoever leaves', async () => {
    const { message } = await present(ben, 2);
    expect(message.present.map(({ clientId }) => clientId).toSorted()).toEqual([7, 8]);
    ben.events.length = 0;
    anna.transport.leave({ list });
    expect((await present(ben, 1)).message.present[0]?.clientId).toBe(8);
  });

  it(
    'R15 hear of each other within 3 s while Redis is gone, and within 0.5 s when it is back',
    { timeout: 60_000 },
    async () => {
      await redis.process.kill();
      for (let round = 0; round < 3; round += 1) {
        await edit();
        expect(await untilBenKnows()).toBeLessThan(3_000);
      }
      await edit();
      await redis.process.start();
      expect(await untilBenKnows()).toBeLessThan(500);
      ben.events.length = 0;
      await expect
        .poll(
          async () => {
            await edit();
            return ben.events.some(({ kind }) => kind === 'update');
          },
          { interval: 200, timeout: 10_000 },
        )
        .toBe(true);
    },
  );

  it(
    'R15 hear of each other within 3 s while Redis is frozen, and of a role that was taken',
    { timeout: 60_000 },
    async () => {
      redis.process.freeze();
      for (let round = 0; round < 3; round += 1) {
        await edit();
        expect(await untilBenKnows()).toBeLessThan(3_000);
      }
      const beganAtMs = performance.now();
      memory.setRole(list, person('b').userId, 'viewer');
      expect((await ben.next('access')).message.role).toBe('viewer');
      expect(performance.now() - beganAtMs).toBeLessThan(3_000);
      await edit();
      redis.process.thaw();
      expect(await untilBenKnows()).toBeLessThan(500);
    },
  );

  for (const [fault, strike] of [
    ['gone', () => redis.process.kill()],
    [
      'frozen',
      () => {
        redis.process.freeze();
      },
    ],
  ] as const) {
    it(`R15 serve those who are on the same node without delay while Redis is ${fault}`, async () => {
      const [one] = nodes;
      if (one === undefined) throw new Error('one');
      using clara = await TestClient.open(one, 'b', 9);
      await strike();
      const beganAtMs = performance.now();
      await edit();
      await clara.next('update');
      expect(performance.now() - beganAtMs).toBeLessThan(200);
    });
  }
});
