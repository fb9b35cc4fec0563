import type { Answer, PushResult } from '@trolley/shared/protocol';
import { FakeClock, SeededRandom } from '@trolley/shared/testing';
import { describe, expect, it } from 'vitest';
import { testList as list } from '../testing/family.ts';
import { PatientCalls } from './patient-calls.ts';

const refused = (code: 'unavailable' | 'forbidden', retryAfterMs = 0) =>
  ({ ok: false, error: { code, message: code, retryAfterMs } }) as const;
const request = { list, epoch: 0, update: new Uint8Array() };

describe('calls for a client that cannot be told to wait', () => {
  const begin = (answer: (attempt: number) => Promise<Answer<PushResult>>) => {
    const clock = new FakeClock(0);
    const random = new SeededRandom(1);
    const triedAtMs: number[] = [];
    const push = () => {
      triedAtMs.push(clock.nowMs());
      return answer(triedAtMs.length);
    };
    const transport = { push, pull: () => Promise.reject(new Error('not asked for here')) };
    const calls = new PatientCalls({ transport, clock, randomBytes: (byteLength) => random.bytes(byteLength) });
    return { clock, calls, triedAtMs };
  };

  it('R19 are made again until they succeed, also when there was no answer, and not before they may be', async () => {
    const { clock, calls, triedAtMs } = begin((attempt) => {
      if (attempt === 1) return Promise.resolve(refused('unavailable', 3_000));
      if (attempt === 2) return Promise.reject(new Error('no answer'));
      return Promise.resolve({ ok: true, value: { epoch: 0, seq: 1 } });
    });
    const pushed = calls.push(request);
    await clock.advance(10_000);
    expect(await pushed).toEqual({ epoch: 0, seq: 1 });
    expect(triedAtMs).toHaveLength(3);
    expect(triedAtMs[1]).toBe(3_000);
    expect(clock.pendingTimers).toBe(0);
  });

  it('R19 are given up when no other try can help', async () => {
    const { calls, triedAtMs } = begin(() => Promise.resolve(refused('forbidden')));
    await expect(calls.push(request)).rejects.toMatchObject({ code: 'forbidden' });
    expect(triedAtMs).toHaveLength(1);
  });

  it('R19 are given up after half a minute', async () => {
    const { clock, calls, triedAtMs } = begin(() => Promise.resolve(refused('unavailable')));
    const outcome = expect(calls.push(request)).rejects.toMatchObject({ code: 'unavailable' });
    await clock.advance(30_000);
    await outcome;
    expect(triedAtMs.length).toBeGreaterThan(5);
    expect(triedAtMs.at(-1)).toBeGreaterThan(20_000);
    expect(clock.pendingTimers).toBe(0);
  });

  it('R19 are given up when the connection has ended', async () => {
    const { clock, calls } = begin(() => Promise.resolve(refused('unavailable', 20_000)));
    const outcome = expect(calls.push(request)).rejects.toMatchObject({ code: 'unavailable' });
    await clock.advance(0);
    calls.dispose();
    await outcome;
    expect(clock.pendingTimers).toBe(0);
  });
});
