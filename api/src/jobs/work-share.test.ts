import { FakeClock, settle } from '@trolley/shared/testing';
import { describe, expect, it } from 'vitest';
import { WorkShare } from './work-share.ts';

/** A share whose pieces of work each take as long as they say. */
function startShare() {
  const clock = new FakeClock();
  const share = new WorkShare(clock);
  const begun: string[] = [];
  const work = (name: string, tookMs: number) =>
    share.run(() => {
      begun.push(name);
      return new Promise<void>((resolve) => clock.schedule(tookMs, resolve));
    });
  return { clock, share, begun, work };
}

describe('the share of background work', () => {
  it('S41 is a tenth: after each piece of work it rests for nine times as long', async () => {
    const { clock, begun, work } = startShare();
    const first = work('first', 10);
    await clock.advance(10);
    await first;
    const second = work('second', 10);
    await clock.advance(89);
    expect(begun).toEqual(['first']);
    await clock.advance(1);
    expect(begun).toEqual(['first', 'second']);
    await clock.advance(10);
    await second;
    expect(clock.pendingTimers).toBe(0);
  });

  it('S41 is rested from by the passing of time alone, also after a failure', async () => {
    const { clock, share, begun, work } = startShare();
    await expect(share.run(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
    await clock.advance(1);
    const next = work('next', 1);
    await settle();
    expect(begun).toEqual(['next']);
    await clock.advance(1);
    await next;
  });

  it('S41 keeps nothing waiting once the process is about to end', async () => {
    const { clock, share, begun, work } = startShare();
    const first = work('first', 1_000);
    await clock.advance(1_000);
    await first;
    const second = work('second', 10);
    await settle();
    share.hurry();
    await clock.advance(10);
    await second;
    const third = work('third', 10);
    await clock.advance(10);
    await third;
    expect(begun).toEqual(['first', 'second', 'third']);
    expect(clock.pendingTimers).toBe(0);
  });
});
