import { hopLimits } from '@trolley/shared/hop';
import { TrolleyError } from '@trolley/shared/protocol';
import { FakeClock, MemoryLog } from '@trolley/shared/testing';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeApi } from '../testing/fake-api.ts';
import { person, testList as list, updatesFor } from '../testing/family.ts';
import { RemoteLogService } from './remote-log-service.ts';

const { userId } = person('a');
const [milk = new Uint8Array()] = updatesFor(1, ['Milk']);
const head = (seq: number) => new Map([[list, { epoch: 0, seq }]]);

describe('the log of an api in another process', () => {
  let memory: MemoryLog;
  let clock: FakeClock;
  let warnings: string[];
  let apis: FakeApi[];
  let log: RemoteLogService;

  const connect = (urls: readonly string[]) => {
    const logger = pino({ level: 'warn' }, { write: (line) => warnings.push(line) });
    return new RemoteLogService({ urls, serviceToken: 't'.repeat(32), clock, logger });
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

  const connectToOne = () => {
    const [api] = apis;
    if (api === undefined) throw new Error('two');
    log.close();
    log = connect([api.url]);
    return api;
  };
  /** Keeps calls for heads waiting. Returns how they go on. */
  const holdHeads = () => {
    const held = Promise.withResolvers<undefined>();
    const heads = memory.heads.bind(memory);
    memory.heads = async (lists) => {
      await held.promise;
      return heads(lists);
    };
    return () => {
      held.resolve(undefined);
    };
  };

  it('R14 asks the apis in turn', async () => {
    for (let call = 0; call < 6; call += 1) expect(await ask()).toEqual(head(0));
    expect(apis.map(({ asked }) => asked.length)).toEqual([3, 3]);
  });

  it.each([
    ['breaks off', 'break'],
    ['is about to end', 'going'],
    ['answers something else', { sends: Uint8Array.of(1, 2, 3) }],
    ['says nothing that can be read', { sends: 'hello' }],
    ['does not answer', 'silence'],
  ] as const)('R14 asks another api when one %s, and leaves that one alone', async (_what, misbehaviour) => {
    const [bad, good] = apis;
    if (bad === undefined || good === undefined) throw new Error('two');
    bad.misbehave = () => {
      // From now on whoever asks whether it lives is sent away.
      bad.receive = () => 503;
      return misbehaviour;
    };
    for (let call = 0; call < 4; call += 1) expect(await inTime(ask())).toEqual(head(0));
    expect(bad.asked).toEqual(['heads']);
    expect(good.asked).toHaveLength(4);
    expect(warnings).toHaveLength(1);
  });

  it.each([
    ['takes us for a stranger', 401],
    ['lets nobody in', 'silence'],
  ] as const)('R14 leaves an api alone for as long as it %s', async (_what, doorstep) => {
    const [bad, good] = apis;
    if (bad === undefined || good === undefined) throw new Error('two');
    bad.receive = () => doorstep;
    for (let call = 0; call < 4; call += 1) expect(await inTime(ask())).toEqual(head(0));
    await expect
      .poll(async () => {
        await clock.advance(250);
        return bad.visitCount;
      })
      .toBeGreaterThan(3);
    expect(await inTime(ask())).toEqual(head(0));
    expect([bad.asked, warnings.length]).toEqual([[], 1]);
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

  it('R14 a kept connection that was closed meanwhile is nobody’s fault', async () => {
    const api = connectToOne();
    for (let call = 0; call < 20; call += 1) {
      const answer = ask();
      expect(await answer).toEqual(head(0));
      api.closeLinks();
    }
    expect(warnings).toEqual([]);
  });

  it('R14 is busy above its bound of calls, and takes more when there is room again', async () => {
    const letGo = holdHeads();
    const calls = Array.from({ length: 512 }, ask);
    await expect(ask()).rejects.toMatchObject({ code: 'busy', retryAfterMs: 1_000 });
    letGo();
    await Promise.all(calls);
    expect(await ask()).toEqual(head(0));
  });

  it('R14 asks as much as it likes over one connection, and takes the answers as they come', async () => {
    const api = connectToOne();
    const letGo = holdHeads();
    const slow = Array.from({ length: 20 }, ask);
    expect(await log.roles([{ list, userId }])).toEqual(['owner']);
    letGo();
    expect(await Promise.all(slow)).toEqual(Array(20).fill(head(0)));
    expect(api.visitCount).toBe(1);
  });

  it('R14 one call that is not answered takes no other with it', async () => {
    const api = connectToOne();
    const letGo = holdHeads();
    api.misbehave = (name) => (name === 'roles' ? 'silence' : null);
    const silent = refusal(log.roles([{ list, userId }]));
    await expect.poll(() => api.asked).toEqual(['roles']);
    await clock.advance(2_000);
    const slow = ask();
    expect(await silent).toMatchObject({ code: 'unavailable' });
    letGo();
    expect(await slow).toEqual(head(0));
  });

  it('R14 sends no batch that no api would read', async () => {
    const update = new Uint8Array(hopLimits.maxRequestBytes);
    await expect(log.append([{ userId, list, epoch: 0, update }])).rejects.toMatchObject({ code: 'too-large' });
    expect(apis.map(({ visitCount }) => visitCount)).toEqual([0, 0]);
  });
});
