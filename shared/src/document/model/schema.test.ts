import { describe, expect, it } from 'vitest';
import { readGot, readProduct, readText, readWanted, writeGot, writeProduct, writeWanted } from './schema.ts';

/** An object whose prototype says what it does not. */
function inheriting(properties: object): unknown {
  const heir: unknown = Object.create(properties);
  return heir;
}

describe('reading a value of a document', () => {
  it.each([
    [{ name: 'Milk' }, { name: 'Milk', unit: '', isHidden: false }],
    [
      { name: 'Milk', unit: 'l', x: 1 },
      { name: 'Milk', unit: 'l', isHidden: true },
    ],
    [
      { name: 'Milk', unit: 7, x: true, barcode: '123' },
      { name: 'Milk', unit: '', isHidden: false },
    ],
    [
      { name: 'Milk', unit: 'x'.repeat(21) },
      { name: 'Milk', unit: '', isHidden: false },
    ],
    [{ name: '' }, null],
    [{ name: ' ' }, null],
    [{ name: 'x'.repeat(121) }, null],
    [{ name: { toString: 'x' } }, null],
    [{ unit: 'l' }, null],
    [inheriting({ name: 'Ghost' }), null],
    [['Milk'], null],
    ['Milk', null],
    [null, null],
    [undefined, null],
  ])('D5 product %j is %j', (value, expected) => {
    expect(readProduct(value)).toEqual(expected);
  });

  it.each([
    [[5, 'annaAAAA'], { at: 5, by: 'annaAAAA', amount: { quantity: 1, unit: '' } }],
    [[5, 'annaAAAA', 2], { at: 5, by: 'annaAAAA', amount: { quantity: 2, unit: '' } }],
    [[5, 'annaAAAA', 0.5, 'kg'], { at: 5, by: 'annaAAAA', amount: { quantity: 0.5, unit: 'kg' } }],
    [[0], { at: 0, by: null, amount: { quantity: 1, unit: '' } }],
    [[5, 'anna', -1, 'kg'], { at: 5, by: null, amount: { quantity: 1, unit: '' } }],
    [[5, 'annaAAAA', 100_000], { at: 5, by: 'annaAAAA', amount: { quantity: 1, unit: '' } }],
    [[5, 'annaAAAA', 2, 7], { at: 5, by: 'annaAAAA', amount: { quantity: 2, unit: '' } }],
    [[2 ** 31], null],
    [[-1], null],
    [[1.5], null],
    [[NaN], null],
    [['5'], null],
    [[], null],
    [{ 0: 5, length: 1 }, null],
    [5, null],
    [null, null],
  ])('D5 wanted %j is %j', (value, expected) => {
    expect(readWanted(value)).toEqual(expected);
  });

  it.each([
    [[5, 'annaAAAA', 199], { at: 5, by: 'annaAAAA', gaps: [] }],
    [[5, null], { at: 5, by: null, gaps: [] }],
    [[5, null, null, [7, 8]], { at: 5, by: null, gaps: [7, 8] }],
    [[5, null, null, [7, 0]], { at: 5, by: null, gaps: [] }],
    [[5, null, null, 'often'], { at: 5, by: null, gaps: [] }],
    [[5, null, null, [1, 2, 3, 4, 5, 6, 7, 8]], { at: 5, by: null, gaps: [1, 2, 3, 4, 5, 6] }],
    [[9e15, 'annaAAAA'], null],
    ['5', null],
  ])('D5 got %j is %j', (value, expected) => {
    expect(readGot(value)).toEqual(expected);
  });

  it('D5 text that is too long, or no text, is none', () => {
    expect([readText('abc', 3), readText('abcd', 3), readText(3, 3), readText(undefined, 3)]).toEqual([
      'abc',
      '',
      '',
      '',
    ]);
  });

  it('D3 leaves defaults out of what is written, and reads back what it wrote', () => {
    const product = { name: 'Milk', unit: '', isHidden: false };
    expect(writeProduct(product)).toEqual({ name: 'Milk' });
    expect(readProduct(writeProduct({ ...product, unit: 'l', isHidden: true }))).toEqual({
      name: 'Milk',
      unit: 'l',
      isHidden: true,
    });
    const wanted = { at: 5, by: null, amount: { quantity: 1, unit: '' } };
    expect(writeWanted(wanted)).toEqual([5, null]);
    expect(writeWanted({ ...wanted, amount: { quantity: 2, unit: '' } })).toEqual([5, null, 2]);
    expect(writeWanted({ ...wanted, amount: { quantity: 1, unit: 'kg' } })).toEqual([5, null, 1, 'kg']);
    expect(writeGot({ at: 5, by: null, gaps: [] })).toEqual([5, null]);
    const got = { at: 5, by: null, gaps: [7, 8] };
    expect(readGot(writeGot(got))).toEqual(got);
  });
});
