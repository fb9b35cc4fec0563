import { describe, expect, it } from 'vitest';
import { isItemId, itemIdOf } from './item-id.ts';

describe('itemIdOf', () => {
  it('D1 is the same for every way to write a name, on every phone and for ever', () => {
    expect(new Set(['Milk', 'milk ', 'MILK', 'ＭＩＬＫ', ' mIlK'].map((name) => itemIdOf(name)))).toEqual(
      new Set(['dFnteTXC']),
    );
    expect(itemIdOf('Crème fraîche')).toBe(itemIdOf('CRE\u0300ME  FRAI\u0302CHE'));
    expect(itemIdOf('milk', 1)).not.toBe(itemIdOf('milk'));
  });

  it('D1 is 8 characters of base62, and differs among a hundred thousand names', { timeout: 60_000 }, () => {
    const ids = Array.from({ length: 100_000 }, (_, i) => itemIdOf(`Item ${i}`));
    expect(ids.every(isItemId)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('D5 takes nothing else for an id', () => {
    for (const value of ['', 'short', 'ninechars', '__proto_', 'abc-defg', 'ABCDEFG\n', 12345678, null]) {
      expect(isItemId(value)).toBe(false);
    }
  });
});
