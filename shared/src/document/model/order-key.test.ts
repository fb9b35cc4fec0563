import fc from 'fast-check';
import { generateKeyBetween } from 'fractional-indexing';
import { describe, expect, it } from 'vitest';
import { freshOrderKeys, isOrderKey, orderKeyBetween } from './order-key.ts';

describe('order keys', () => {
  it.each(['a0', 'a1', 'Zz', 'a0V', 'b00', 'zzzzzzzzzzzzzzzzzzzzzzzzzzz', `a0${'V'.repeat(254)}`])(
    'D3 %s is a key',
    (key) => {
      expect(isOrderKey(key)).toBe(true);
      expect(() => [orderKeyBetween(key, null), orderKeyBetween(null, key)]).not.toThrow();
    },
  );

  it.each([
    '',
    'a',
    'a00',
    'zzzz!!',
    '__',
    'a10',
    '0',
    'b0',
    'A00000000000000000000000000',
    `a0${'V'.repeat(255)}`,
    7,
    null,
    undefined,
    ['a0'],
    'a0é',
  ])('D5 %j is no key', (value) => {
    expect(isOrderKey(value)).toBe(false);
  });

  it('D3 any two distinct keys have a key between them that is one', { timeout: 60_000 }, () => {
    const anyKey = fc.stringMatching(/^[A-Za-z][0-9A-Za-z]{1,30}$/).filter(isOrderKey);
    fc.assert(
      fc.property(anyKey, anyKey, (a, b) => {
        fc.pre(a < b);
        const between = orderKeyBetween(a, b);
        expect(isOrderKey(between)).toBe(true);
        expect(between !== null && a < between && between < b).toBe(true);
      }),
    );
  });

  it('D3 a spot with no room left gives none', () => {
    let upper: string | null = generateKeyBetween('a0', null);
    let count = 0;
    for (; upper !== null; count++) upper = orderKeyBetween('a0', upper);
    expect(count).toBeGreaterThan(1_000);
  });

  it('D3 fresh keys rise and are short', () => {
    const keys = freshOrderKeys(2_000);
    expect(keys.toSorted()).toEqual(keys);
    expect(new Set(keys).size).toBe(2_000);
    expect(keys.every((key) => isOrderKey(key) && key.length <= 4)).toBe(true);
  });
});
