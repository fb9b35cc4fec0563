import { expect, it } from 'vitest';
import { percentile } from './percentile.ts';

it.each([
  [0, 1],
  [0.5, 5],
  [0.9, 9],
  [0.99, 10],
  [1, 10],
])('percentile %d of ten samples, in whatever order', (share, value) => {
  expect(percentile([10, 1, 2, 9, 3, 8, 4, 7, 5, 6], share)).toBe(value);
});

it('percentile of numbers sorts them as numbers and leaves them as they are', () => {
  const samples = [100, 9, 20];
  expect(percentile(samples, 1)).toBe(100);
  expect(samples).toEqual([100, 9, 20]);
});

it('percentile of nothing is an error', () => {
  expect(() => percentile([], 0.5)).toThrow('no samples');
});
