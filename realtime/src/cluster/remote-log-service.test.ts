import { once } from 'node:events';
import { createServer } from 'node:net';
import { TrolleyError } from '@trolley/shared/protocol';
import { FakeClock, MemoryLog } from '@trolley/shared/testing';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeApi } from '../testing/fake-api.ts';
import { person, testList as list, updatesFor } from '../testing/family.ts';
import { HttpLogService } from './http-log-service.ts';

const { userId } = person('a');
const [milk = new Uint8Array()] = updatesFor(1, ['Milk']);
const head = (seq: number) => new Map([[list, { epoch: 0, seq }]]);

describe('the log over HTTP', () => {
  let memory: MemoryLog;
  let clock: FakeClock;
  let warnings: string[];
  let apis: FakeApi[];
  let log: HttpLogService;

  const connect = (urls: readonly string[]) => {
    const logger = pino({ level: 'warn' }, { write: (line) => warnings.push(line) });
    return new HttpLogService({ urls, serviceToken: 't'.repeat(32), clock, logger });
  };
  beforeEach(async () => {
    memory = new MemoryLog();
    memory.create(list, userId);
    clock = new FakeClock();
    warnings = [];
    apis = [await FakeApi.start(memory), await FakeApi.start(memory)];
    log = connect(apis.map(({ url }) => url));
  });
  afterEach(async () => {
    log.close();
    for (const api of apis) await api[Symbol.asyncDispose]();
  });

  /** Lets time pass until something has come to its end. */
  const inTime = async <T>(work: Promise<T>): Promise<T> => {
    let isOver = false;
    const mark = () => {
      isOver = true;
    };
    work.then(mark, mark);
    await expect
      .poll(async () => {
        await clock.advance(250);
        return isOver;
      })
      .toBe(true);
    return work;
  };
  const ask = () => log.heads([list]);
  const refusal = (work: Promise<unknown>) =>
    inTime(work).then(
      () => null,
      (error: unknown) => (error instanceof TrolleyError ? error.toWire() : error),
    );

  it('R14 asks the apis in turn', async () => {
    for (let call = 0; call < 6; call += 1) expect(await ask()).toEqual(head(0));
    expect(apis.map(({ asked }) => asked.length)).toEqual([3, 3]);
  });

  it.each([
    ['breaks off', 'break'],
    ['answers something else', { status: 200, body: 'hello' }],
    ['fails without a word', { status: 500, body: '<html>' }],
    ['takes us for a stranger', { status: 401, body: '' }],
    ['does not answer', 'silence'],
  ] as const)('R14 asks another api when one %s, and leaves that one alone', async (_what, misbehaviour) => {
    const [bad, good] = apis;
    if (bad === undefined || good === undefined) throw new Error('two');
    bad.misbehave = (name) => (name === '/healthz' ? 'break' : misbehaviour);
    for (let call = 0; call < 4; call += 1) expect(await inTime(ask())).toEqual(head(0));
    expect(bad.asked.filter((name) => name === 'heads')).toHaveLength(1);
    expect(good.asked).toHaveLength(4);
    expect(warnings).toHaveLength(1);
  });

  it('R14 goes back to an api that says that it lives again', async () => {
    const [bad] = apis;
    if (bad === undefined) throw new Error('two');
    bad.misbehave = () => 'break';
    await ask();
    await ask();
    bad.misbehave = () => null;
    await expect
      .poll(async () => {
        await clock.advance(250);
        bad.asked.length = 0;
        await ask();
        await ask();
        return bad.asked.includes('heads');
      })
      .toBe(true);
  });

  it('R14 repeats an append that an api did not answer', async () => {
    const [bad, good] = apis;
    if (bad === undefined || good === undefined) throw new Error('two');
    for (const api of apis) api.misbehave = () => (bad.asked.length + good.asked.length === 1 ? 'break' : null);
    expect(await log.append([{ userId, list, epoch: 0, update: milk }])).toEqual([
      { ok: true, value: { epoch: 0, seq: 1 } },
    ]);
  });

  it('R14 says unavailable when no api answers, at once while they are left alone', async () => {
    for (const api of apis) await api.stop();
    expect(await refusal(ask())).toMatchObject({ code: 'unavailable' });
    await expect(ask()).rejects.toMatchObject({ code: 'unavailable' });
    for (const api of apis) await api.restart();
    await expect
      .poll(async () => {
        await clock.advance(250);
        return ask().then(
          () => true,
          () => false,
        );
      })
      .toBe(true);
  });

  it('R14 tells what an api refuses, and asks no other', async () => {
    const call = log.pull(person('x').userId, { list, epoch: 0, cursor: 0 });
    expect(await refusal(call)).toMatchObject({ code: 'not-found' });
    memory.nextFault = () => 'before-commit';
    expect(await refusal(log.append([]))).toMatchObject({ code: 'unavailable' });
    expect(apis.flatMap(({ asked }) => asked)).toHaveLength(2);
    expect(warnings).toEqual([]);
  });

  it('R14 is busy when an api turns it away at the door', async () => {
    for (const api of apis) api.misbehave = () => ({ status: 503, body: '{}', headers: { 'retry-after': '7' } });
    expect(await refusal(ask())).toMatchObject({ code: 'busy', retryAfterMs: 7_000 });
    expect(warnings).toEqual([]);
  });

  it('R14 a kept connection that was closed meanwhile is nobody’s fault', async () => {
    const [api] = apis;
    if (api === undefined) throw new Error('two');
    log.close();
    log = connect([api.url]);
    for (let call = 0; call < 20; call += 1) {
      const answer = ask();
      expect(await answer).toEqual(head(0));
      api.closeIdleConnections();
    }
    expect(warnings).toEqual([]);
  });

  it('R14 is busy above its bound of calls, and takes more when there is room again', async () => {
    const held = Promise.withResolvers<undefined>();
    memory.heads = async () => {
      await held.promise;
      return head(3);
    };
    const calls = Array.from({ length: 512 }, ask);
    await expect(ask()).rejects.toMatchObject({ code: 'busy', retryAfterMs: 1_000 });
    held.resolve(undefined);
    await Promise.all(calls);
    expect(await ask()).toEqual(head(3));
  });

  it('R14 a batch leaves in one write, and says how long it is', async () => {
    const writes: string[] = [];
    const arrived = Promise.withResolvers<undefined>();
    const server = createServer((socket) => {
      socket.on('data', (chunk) => {
        writes.push(chunk.toString('latin1'));
        arrived.resolve(undefined);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const alone = connect([`http://127.0.0.1:${port}`]);
    const call = alone.append([{ userId, list, epoch: 0, update: milk }]).catch(() => null);
    await arrived.promise;
    alone.close();
    server.close();
    await inTime(call);
    expect(writes).toHaveLength(1);
    const [, declared] = /content-length: (\d+)/i.exec(writes[0] ?? '') ?? [];
    expect(writes[0]?.split('\r\n\r\n').slice(1).join('\r\n\r\n').length).toBe(Number(declared));
    expect(writes[0]).not.toMatch(/transfer-encoding/i);
  });
});
