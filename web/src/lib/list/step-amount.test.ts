import { describe, expect, it } from 'vitest';
import { stepAmount } from './step-amount.ts';

describe('W10 the quantity buttons', () => {
  it.each([
    [1, 1, 2],
    [2, -1, 1],
    [1, -1, 1],
    [0.5, 1, 1.5],
    [0.5, -1, 0.5],
    [500, 1, 550],
    [500, -1, 450],
    [99, 1, 100],
    [100, -1, 50],
  ] as const)('W10 lead from %d by %d to %d', (quantity, direction, expected) => {
    expect(stepAmount({ quantity, unit: 'g' }, direction)).toEqual({ quantity: expected, unit: 'g' });
  });
});
