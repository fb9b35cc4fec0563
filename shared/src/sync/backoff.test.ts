import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

const attempts = fc.nat({ max: 10_000 });
const fractions = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('backoff', () => {
  it('P1 tries again within 15 seconds, however often it has failed, and never at once', () => {
    fc.assert(
      fc.property(attempts, fractions, (attempt, random) => {
        const delayMs = backoffMs(attempt, random);
        expect(delayMs).toBeGreaterThanOrEqual(62);
        expect(delayMs).toBeLessThanOrEqual(15_000);
        expect(Number.isSafeInteger(delayMs)).toBe(true);
      }),
    );
  });

  it('P1 waits longer after each failure, up to the bound', () => {
    const longest = [0, 1, 2, 3, 4, 5, 49, 50, 10_000].map((attempt) => backoffMs(attempt, 1));
    expect(longest).toEqual([250, 500, 1_000, 2_000, 4_000, 4_000, 4_000, 15_000, 15_000]);
  });

  it('P1 spreads the phones of a town over three quarters of the time', () => {
    const early = backoffMs(100, 0);
    const late = backoffMs(100, 0.999_999);
    expect(late - early).toBeGreaterThan(0.74 * 15_000);
  });
});
