import { describe, expect, it } from 'vitest';
import { ArrivalRate } from './arrival-rate.ts';

describe('the rate of arrivals', () => {
  it('R3 comes near to what arrives, and forgets it within some seconds', () => {
    const rate = new ArrivalRate();
    let told = 0;
    for (let nowMs = 0; nowMs < 2_000; nowMs += 10) told = rate.count(20, nowMs);
    expect(told).toBeGreaterThan(1_900);
    expect(told).toBeLessThan(2_150);
    expect(rate.count(0, 5_000)).toBeLessThan(1);
  });

  it('R3 makes little of two that come at once, and nothing of a clock that goes back', () => {
    const rate = new ArrivalRate();
    rate.count(1, 1_000);
    expect(rate.count(1, 1_001)).toBeLessThan(9);
    expect(rate.count(1, 0)).toBeLessThan(13);
  });
});
