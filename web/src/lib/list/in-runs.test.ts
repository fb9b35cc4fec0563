import { describe, expect, it } from 'vitest';
import { inRuns } from './in-runs.ts';

describe('W8 a long list is laid out in runs', () => {
  it.each([
    [0, [0]],
    [40, [40]],
    [41, [40, 1]],
    [120, [40, 40, 40]],
  ])('W8 %d rows in runs of 40', (count, lengths) => {
    const list = Array.from({ length: count }, (_, index) => index);
    expect(inRuns(list, 40).map((run) => run.length)).toEqual(lengths);
    expect(inRuns(list, 40).flat()).toEqual(list);
  });
});
