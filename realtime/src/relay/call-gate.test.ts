import { describe, expect, it } from 'vitest';
import { CallGate } from './call-gate.ts';

describe('the gate for calls', () => {
  const createGate = () => {
    const gate = new CallGate({ maxRunning: 2, maxWaiting: 2 });
    const begun: number[] = [];
    const endings: PromiseWithResolvers<number>[] = [];
    const call = (number: number) =>
      gate.run(() => {
        begun.push(number);
        const ending = Promise.withResolvers<number>();
        endings[number] = ending;
        return ending.promise;
      });
    return { call, begun, endings };
  };

  it('R8 lets so many run at once, the others in turn', async () => {
    const { call, begun, endings } = createGate();
    const calls = [0, 1, 2, 3].map(call);
    expect(begun).toEqual([0, 1]);
    endings[1]?.resolve(1);
    expect(await calls[1]).toBe(1);
    await expect.poll(() => begun).toEqual([0, 1, 2]);
    endings[0]?.reject(new Error('failed'));
    await expect(calls[0]).rejects.toThrow('failed');
    await expect.poll(() => begun).toEqual([0, 1, 2, 3]);
    for (const number of [2, 3]) endings[number]?.resolve(number);
    expect(await Promise.all(calls.slice(2))).toEqual([2, 3]);
  });

  it('R8 says busy to those that would have to wait too long, and takes more when there is room again', async () => {
    const { call, endings } = createGate();
    const calls = [0, 1, 2, 3].map(call);
    await expect(call(4)).rejects.toMatchObject({ code: 'busy', retryAfterMs: 1_000 });
    for (const number of [0, 1, 2, 3]) {
      await expect.poll(() => endings[number]).toBeDefined();
      endings[number]?.resolve(number);
    }
    await Promise.all(calls);
    const next = call(5);
    await expect.poll(() => endings[5]).toBeDefined();
    endings[5]?.resolve(5);
    expect(await next).toBe(5);
  });
});
