import { expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { RetrySchedule } from './retry-schedule.ts';

function createSchedule() {
  const clock = new FakeClock(0);
  const triedAtMs: number[] = [];
  const randomBytes = (byteLength: number) => new Uint8Array(byteLength).fill(255);
  const retry = new RetrySchedule({ clock, randomBytes }, () => triedAtMs.push(clock.nowMs()));
  return { clock, retry, triedAtMs };
}

it('P1 a failed thing is tried again once, and later after each further failure', async () => {
  const { clock, retry, triedAtMs } = createSchedule();
  const waits: number[] = [];
  for (let failure = 0; failure < 3; failure += 1) {
    const failedAtMs = clock.nowMs();
    retry.failed();
    await clock.advance(60_000);
    waits.push((triedAtMs.at(-1) ?? 0) - failedAtMs);
  }
  expect([triedAtMs.length, waits]).toEqual([3, waits.toSorted((a, b) => a - b)]);
  retry.reset();
  const failedAtMs = clock.nowMs();
  retry.failed();
  await clock.advance(60_000);
  expect((triedAtMs.at(-1) ?? 0) - failedAtMs).toBe(waits[0]);
});

it('P12 it is not tried before the server wants it to be', async () => {
  const { clock, retry, triedAtMs } = createSchedule();
  retry.failedWith({ code: 'rate-limited', message: '', retryAfterMs: 7_000 });
  await clock.advance(6_999);
  expect([triedAtMs, retry.isDue]).toEqual([[], true]);
  await clock.advance(1);
  expect([triedAtMs, retry.isDue]).toEqual([[7_000], false]);
});

it('P11 what only somebody’s doing can change is tried slowly', async () => {
  const { clock, retry, triedAtMs } = createSchedule();
  retry.failedWith({ code: 'bad-request', message: '' });
  await clock.advance(29_999);
  expect(triedAtMs).toEqual([]);
  await clock.advance(1);
  expect(triedAtMs).toEqual([30_000]);
});

it('P1 a later failure takes the place of the try that is due, and the end takes the place of all', async () => {
  const { clock, retry, triedAtMs } = createSchedule();
  retry.failed(5_000);
  retry.failed(9_000);
  await clock.advance(60_000);
  expect(triedAtMs).toEqual([9_000]);
  retry.failed();
  retry.dispose();
  retry.failed();
  await clock.advance(60_000);
  expect([triedAtMs.length, clock.pendingTimers]).toEqual([1, 0]);
});
