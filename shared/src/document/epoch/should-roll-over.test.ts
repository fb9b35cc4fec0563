import { describe, expect, it } from 'vitest';
import { shouldRollOver } from './should-roll-over.ts';

const small = { clientIds: 699, structs: 4_499, encodedBytes: 96 * 1024 - 1 };
const seed = { clientIds: 1, structs: 2_000, encodedBytes: 57 * 1024 };

describe('shouldRollOver', () => {
  it('D6 lets an epoch be while it is small and young', () => {
    expect(shouldRollOver(small, 25.9, () => seed)).toBe(false);
  });

  it.each([
    [{ ...small, clientIds: 700 }, 0],
    [{ ...small, structs: 4_500 }, 0],
    [{ ...small, encodedBytes: 96 * 1024 }, 0],
    [small, 26],
  ])('D6 ends an epoch of %j at %d weeks', (stats, ageWeeks) => {
    expect(shouldRollOver(stats, ageWeeks, () => seed)).toBe(true);
  });

  it('D6 lets an epoch be that is large by what is on the list: a fresh one would be no smaller', () => {
    const large = { clientIds: 1, structs: 6_000, encodedBytes: 120 * 1024 };
    const afresh = { clientIds: 1, structs: 4_501, encodedBytes: 91 * 1024 };
    expect(shouldRollOver(large, 0, () => afresh)).toBe(false);
    expect(shouldRollOver({ ...large, structs: 6_002 }, 0, () => afresh)).toBe(true);
    expect(shouldRollOver({ ...large, clientIds: 700 }, 0, () => afresh)).toBe(true);
  });
});
