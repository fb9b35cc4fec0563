import { systemClock, TrolleyError, type Append, type AppendOutcome, type Clock } from '@trolley/shared/protocol';
import { FakeClock } from '@trolley/shared/testing';
import { describe, expect, it, vi } from 'vitest';
import { person, testList as list } from '../testing/family.ts';
import { HeldLog } from '../testing/held-log.ts';
import { AppendQueue } from './append-queue.ts';

const anAppend = (value = 0, byteLength = 1): Append => ({
  userId: person('a').userId,
  list,
  epoch: 0,
  update: new Uint8Array(byteLength).fill(value),
});

/** A queue on a clock of the test, or on one that runs by itself. */
function createQueue(clock: Clock = systemClock) {
  const log = new HeldLog();
  const sizes = () => log.batches.map(({ appends }) => appends.length);
  return { log, queue: new AppendQueue({ log, clock }), sizes };
}

describe('the queue of appends', () => {
  it('R3 a push that is alone leaves at once, each time', async () => {
    const clock = new FakeClock(0);
    const { log, queue, sizes } = createQueue(clock);
    for (let count = 1; count <= 3; count += 1) {
      const push = queue.append(anAppend());
      expect(sizes()).toHaveLength(count);
      log.batches.at(-1)?.finish();
      await push;
      await clock.advance(0);
    }
  });

  it('R3 what comes meanwhile leaves together, when the batch before has returned', async () => {
    const { log, queue, sizes } = createQueue();
    const first = queue.append(anAppend());
    const others = [1, 2, 3].map((value) => queue.append(anAppend(value)));
    expect(sizes()).toEqual([1]);
    log.batches[0]?.finish();
    expect(await first).toEqual({ ok: true, value: { epoch: 0, seq: 1 } });
    await expect.poll(sizes).toEqual([1, 3]);
    log.batches[1]?.finish();
    expect(await Promise.all(others)).toEqual([2, 3, 4].map((seq) => ({ ok: true, value: { epoch: 0, seq } })));
  });

  it('R3 while there is a queue, batches are 60 ms apart under load, less where more comes meanwhile than pays, and hardly wait where little comes', async () => {
    const clock = new FakeClock(0);
    const { log, queue } = createQueue(clock);
    const leftAtMs: number[] = [];
    let seen = 0;
    const passMs = async (durationMs: number, pushesPerMs: number) => {
      for (let ms = 0; ms < durationMs; ms += 1) {
        for (let count = 0; count < pushesPerMs; count += 1) void queue.append(anAppend());
        await clock.advance(1);
        for (; seen < log.batches.length; seen += 1) leftAtMs.push(clock.nowMs());
        for (const batch of log.batches) batch.finish();
        await clock.advance(0);
      }
    };
    const lastPausesMs = async (pushesPerMs: number) => {
      await passMs(1_000, pushesPerMs);
      return new Set(leftAtMs.slice(-4).map((atMs, index) => atMs - (leftAtMs.at(index - 5) ?? atMs)));
    };
    expect(await lastPausesMs(4)).toEqual(new Set([60]));
    expect(await lastPausesMs(15)).toEqual(new Set([20]));
    await passMs(2_000, 0);
    void queue.append(anAppend());
    void queue.append(anAppend());
    const batchesBefore = log.batches.length;
    await passMs(2, 0);
    expect(log.batches).toHaveLength(batchesBefore + 1);
  });

  it('R3 a batch of enough waits for no more, also before a rate is known', async () => {
    const clock = new FakeClock(0);
    const { log, queue, sizes } = createQueue(clock);
    void queue.append(anAppend());
    for (let count = 0; count < 600; count += 1) void queue.append(anAppend());
    log.batches[0]?.finish();
    await expect.poll(sizes).toEqual([1, 600]);
    log.batches[1]?.finish();
    await clock.advance(0);
    for (let count = 0; count < 299; count += 1) void queue.append(anAppend());
    await clock.advance(0);
    expect(sizes()).toEqual([1, 600]);
    void queue.append(anAppend());
    await expect.poll(sizes).toEqual([1, 600, 300]);
  });

  it('R3 while the store is never at rest, a batch is answered after the next has left', async () => {
    const log = new HeldLog();
    const append = log.append.bind(log);
    // A driver writes some promises later than it is called.
    vi.spyOn(log, 'append').mockImplementation(async (appends) => {
      for (let hop = 0; hop < 10; hop += 1) await Promise.resolve();
      return append(appends);
    });
    const queue = new AppendQueue({ log, clock: systemClock });
    const batchesThen: number[] = [];
    const pushes = [1, 2].map(() => queue.append(anAppend()).then(() => batchesThen.push(log.batches.length)));
    for (let batch = 0; batch < 2; batch += 1) {
      await expect.poll(() => log.batches.length).toBe(batch + 1);
      log.batches[batch]?.finish();
    }
    await Promise.all(pushes);
    expect(batchesThen).toEqual([2, 2]);
  });

  it('R3 a batch that took longer than that holds up nobody', async () => {
    const clock = new FakeClock(0);
    const { log, queue, sizes } = createQueue(clock);
    void queue.append(anAppend());
    void queue.append(anAppend());
    await clock.advance(9);
    log.batches[0]?.finish();
    await clock.advance(0);
    expect(sizes()).toEqual([1, 1]);
  });

  it('R3 a batch has at most 8 MB, and at least one push', async () => {
    const { log, queue, sizes } = createQueue();
    const megabyte = 1024 * 1024;
    void queue.append(anAppend());
    for (let count = 0; count < 9; count += 1) void queue.append(anAppend(0, 3 * megabyte));
    for (let batch = 0; batch < 5; batch += 1) {
      await expect.poll(() => log.batches.length).toBeGreaterThan(batch);
      log.batches[batch]?.finish();
    }
    await expect.poll(sizes).toEqual([1, 2, 2, 2, 2, 1]);
  });

  it('R20 tells when nothing is left to be answered', async () => {
    const { log, queue } = createQueue();
    await queue.whenIdle();
    const settled: string[] = [];
    void queue.append(anAppend()).then(() => settled.push('first'));
    void queue.append(anAppend()).then(() => settled.push('second'));
    const idle = queue.whenIdle().then(() => settled.push('idle'));
    log.batches[0]?.finish();
    await expect.poll(() => log.batches.length).toBe(2);
    log.batches[1]?.finish();
    await idle;
    expect(settled).toEqual(['first', 'second', 'idle']);
  });

  it('R3 keeps the order of asking, in batches and in outcomes', async () => {
    const { log, queue } = createQueue();
    const settled: number[] = [];
    const all = Array.from({ length: 1_200 }, (_, value) =>
      queue.append(anAppend(value % 256)).then((outcome) => settled.push(outcome.ok ? outcome.value.seq : -1)),
    );
    for (let batch = 0; batch < 3; batch += 1) {
      await expect.poll(() => log.batches.length).toBe(batch + 1);
      log.batches[batch]?.finish();
    }
    await Promise.all(all);
    expect(log.batches.map(({ appends }) => appends.length)).toEqual([1, 1_000, 199]);
    const order = log.batches.flatMap(({ appends }) => appends.map(({ update }) => update[0]));
    expect(order).toEqual(Array.from({ length: 1_200 }, (_, value) => value % 256));
    expect(settled).toEqual(settled.toSorted((a, b) => a - b));
  });

  it('R8 says busy above its bound of pushes, and takes more when there is room again', async () => {
    const { log, queue } = createQueue();
    for (let count = 0; count < 5_001; count += 1) void queue.append(anAppend());
    expect(await queue.append(anAppend())).toMatchObject({ ok: false, error: { code: 'busy', retryAfterMs: 1_000 } });
    log.batches[0]?.finish();
    await expect.poll(() => log.batches.length).toBe(2);
    const later = queue.append(anAppend());
    for (let batch = 1; batch < 7; batch += 1) {
      await expect.poll(() => log.batches.length).toBeGreaterThan(batch);
      log.batches[batch]?.finish();
    }
    expect(await later).toMatchObject({ ok: true });
  });

  it('R8 says busy above its bound of bytes', async () => {
    const { queue } = createQueue();
    const megabyte = 1024 * 1024;
    for (let count = 0; count < 33; count += 1) void queue.append(anAppend(0, megabyte));
    expect(await queue.append(anAppend(0, 1))).toMatchObject({ ok: false, error: { code: 'busy' } });
  });

  it('R4 a store that cannot be reached is an outcome for the whole batch, and the next batch is tried', async () => {
    const { log, queue } = createQueue();
    const lost = queue.append(anAppend());
    log.batches[0]?.fail(new TrolleyError('unavailable', 'no store', { retryAfterMs: 7 }));
    expect(await lost).toEqual({
      ok: false,
      error: { code: 'unavailable', message: 'no store', retryAfterMs: 7 },
    });
    const next = queue.append(anAppend());
    log.batches[1]?.finish();
    expect(await next).toMatchObject({ ok: true });
  });

  it('R10 a defect of the log is told as internal, without its words', async () => {
    const { log, queue } = createQueue();
    const [thrown, missing] = [queue.append(anAppend()), queue.append(anAppend())];
    log.batches[0]?.fail(new Error('password of the database'));
    const outcome = await thrown;
    expect(outcome).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(outcome)).not.toContain('password');
    await expect.poll(() => log.batches.length).toBe(2);
    log.batches[1]?.finish([]);
    expect(await missing).toMatchObject({ ok: false, error: { code: 'internal' } });
  });

  it('R2 a refusal of one says nothing of its neighbours', async () => {
    const { log, queue } = createQueue();
    void queue.append(anAppend());
    const both = Promise.all([queue.append(anAppend(1)), queue.append(anAppend(2))]);
    log.batches[0]?.finish();
    await expect.poll(() => log.batches.length).toBe(2);
    const refusal: AppendOutcome = { ok: false, error: { code: 'forbidden', message: 'A viewer cannot edit.' } };
    log.batches[1]?.finish([refusal, { ok: true, value: { epoch: 0, seq: 2 } }]);
    expect(await both).toEqual([refusal, { ok: true, value: { epoch: 0, seq: 2 } }]);
  });
});
