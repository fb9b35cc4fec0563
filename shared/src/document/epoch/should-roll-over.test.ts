import { describe, expect, it } from 'vitest';
import { shouldRollOver } from './should-roll-over.ts';

const small = { clientIds: 699, structs: 4_499, encodedBytes: 96 * 1024 - 1 };

describe('shouldRollOver', () => {
  it('D6 lets an epoch be while it is small and young', () => {
    expect(shouldRollOver(small, 25.9)).toBe(false);
  });

  it.each([
    [{ ...small, clientIds: 700 }, 0],
    [{ ...small, structs: 4_500 }, 0],
    [{ ...small, encodedBytes: 96 * 1024 }, 0],
    [small, 26],
  ])('D6 ends an epoch of %j at %d weeks', (stats, ageWeeks) => {
    expect(shouldRollOver(stats, ageWeeks)).toBe(true);
  });
});
