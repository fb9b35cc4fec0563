import { describe, expect, it } from 'vitest';
import { dropIndex, moved } from './aisle-drag.ts';

const rows = [0, 48, 96].map((top) => ({ top, height: 48 }));

describe('dragging an aisle', () => {
  it.each([
    [-20, 0],
    [23, 0],
    [25, 1],
    [71, 1],
    [100, 2],
    [130, 3],
    [900, 3],
  ])('W61 let go at %i it lands at %i', (y, index) => {
    expect(dropIndex(rows, y)).toBe(index);
  });

  it('W61 moves one and no other', () => {
    expect(moved(['a', 'b', 'c'], 'a', 2)).toEqual(['b', 'c', 'a']);
    expect(moved(['a', 'b', 'c'], 'c', 0)).toEqual(['c', 'a', 'b']);
    expect(moved(['a'], 'a', 0)).toEqual(['a']);
  });
});
