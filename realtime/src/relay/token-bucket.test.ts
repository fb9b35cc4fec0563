import { describe, expect, it } from 'vitest';
import { TokenBucket } from './token-bucket.ts';

const create = () => new TokenBucket({ perSecond: 10, burst: 20, nowMs: 1_000 });

describe('a rate with a burst', () => {
  it('R7 lets a burst through, then says when the next may come', () => {
    const bucket = create();
    for (let call = 0; call < 20; call += 1) expect(bucket.take(1, 1_000)).toBe(0);
    expect(bucket.take(1, 1_000)).toBe(100);
    expect(bucket.take(1, 1_099)).toBeGreaterThan(0);
    expect(bucket.take(1, 1_100)).toBe(0);
  });

  it('R7 takes nothing from whom it refuses', () => {
    const bucket = create();
    expect(bucket.take(15, 1_000)).toBe(0);
    expect(bucket.take(10, 1_000)).toBe(500);
    expect(bucket.take(5, 1_000)).toBe(0);
  });

  it('R7 keeps to its rate over a long time, whatever it is asked', () => {
    const bucket = create();
    let taken = 0;
    for (let nowMs = 1_000; nowMs < 101_000; nowMs += 7) if (bucket.take(1, nowMs) === 0) taken += 1;
    expect(taken).toBeGreaterThanOrEqual(1_000);
    expect(taken).toBeLessThanOrEqual(1_020);
  });

  it('R7 saves up no more than the burst', () => {
    const bucket = create();
    expect(bucket.take(20, 3_600_000)).toBe(0);
    expect(bucket.take(1, 3_600_000)).toBe(100);
  });

  it('R7 gives nothing away when the clock goes back', () => {
    const bucket = create();
    bucket.take(20, 1_000);
    expect(bucket.take(1, 500)).toBe(100);
    expect(bucket.take(1, 599)).toBeGreaterThan(0);
    expect(bucket.take(1, 600)).toBe(0);
  });
});
