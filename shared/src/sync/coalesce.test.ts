import { describe, expect, it } from 'vitest';
import { coalesce } from './coalesce.ts';

/** A job whose runs end when the test says so. */
function createHeldJob() {
  const runs: PromiseWithResolvers<number>[] = [];
  const call = coalesce(() => {
    const run = Promise.withResolvers<number>();
    runs.push(run);
    return run.promise;
  });
  return { call, runs };
}

describe('coalesce', () => {
  it('P1 runs a job at once when it does not run', async () => {
    const { call, runs } = createHeldJob();
    const first = call();
    runs[0]?.resolve(1);
    expect(await first).toBe(1);
    const second = call();
    runs[1]?.resolve(2);
    expect(await second).toBe(2);
  });

  it('P1 answers all who called meanwhile by one run that began after their call', async () => {
    const { call, runs } = createHeldJob();
    const first = call();
    const meanwhile = [call(), call(), call()];
    expect(runs).toHaveLength(1);
    runs[0]?.resolve(1);
    await first;
    await expect.poll(() => runs.length).toBe(2);
    runs[1]?.resolve(2);
    expect(await Promise.all(meanwhile)).toEqual([2, 2, 2]);
    expect(runs).toHaveLength(2);
  });

  it('P1 runs again after a run that failed, and tells each caller what became of theirs', async () => {
    const { call, runs } = createHeldJob();
    const first = call();
    const second = call();
    runs[0]?.reject(new Error('no'));
    await expect(first).rejects.toThrow('no');
    await expect.poll(() => runs.length).toBe(2);
    runs[1]?.resolve(2);
    expect(await second).toBe(2);
  });

  it('P1 never runs twice at once, however the calls fall between the end of one run and the start of the next', async () => {
    for (let ticks = 0; ticks < 12; ticks += 1) {
      let running = 0;
      let mostAtOnce = 0;
      const call = coalesce(async () => {
        running += 1;
        mostAtOnce = Math.max(mostAtOnce, running);
        await Promise.resolve();
        running -= 1;
      });
      const calls = [call(), call()];
      for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
      await Promise.all([...calls, call()]);
      expect({ ticks, mostAtOnce }).toEqual({ ticks, mostAtOnce: 1 });
    }
  });
});
