import { describe, expect, it } from 'vitest';
import { inRunsOf } from './in-runs.ts';

describe('W8 a long list is laid out in runs', () => {
  it.each([
    [0, [0]],
    [40, [40]],
    [41, [40, 1]],
    [120, [40, 40, 40]],
  ])('W8 %d rows in runs of 40', (count, lengths) => {
    const list = Array.from({ length: count }, (_, index) => index);
    const runs = inRunsOf<number>(40)(list);
    expect(runs.map((run) => run.length)).toEqual(lengths);
    expect(runs.flat()).toEqual(list);
  });

  it('W8 runs of which nothing has changed are the same objects', () => {
    const cut = inRunsOf<number>(2);
    const before = cut([1, 2, 3, 4, 5]);
    const after = cut([1, 2, 3, 9, 5, 6]);
    expect(after).toEqual([
      [1, 2],
      [3, 9],
      [5, 6],
    ]);
    expect(after.map((run, index) => run === before[index])).toEqual([true, false, false]);
  });
});
