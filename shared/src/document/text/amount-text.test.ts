import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAmount, parseAmount } from './amount-text.ts';
import { everyLanguage } from './amount-words.ts';

describe('amounts as text', () => {
  it.each([
    [{ quantity: 1, unit: '' }, ''],
    [{ quantity: 3, unit: '' }, '3'],
    [{ quantity: 0.5, unit: '' }, '0.5'],
    [{ quantity: 1, unit: 'kg' }, '1 kg'],
    [{ quantity: 2, unit: '× 1 L' }, '2 × 1 L'],
  ])('D3 %j is written %j', (amount, text) => {
    expect(formatAmount(amount)).toBe(text);
  });

  it.each([
    ['2 kg', { quantity: 2, unit: 'kg' }],
    ['2kg', { quantity: 2, unit: 'kg' }],
    ['3', { quantity: 3, unit: '' }],
    ['½', { quantity: 0.5, unit: '' }],
    ['1,5', { quantity: 1.5, unit: '' }],
    ['1 1/2 cups', { quantity: 1.5, unit: 'cup' }],
    ['2 × 1 L', { quantity: 2, unit: '× 1 l' }],
    ['2x1l', { quantity: 2, unit: '× 1 l' }],
    ['2x', { quantity: 2, unit: '' }],
    ['2 pcs', { quantity: 2, unit: '' }],
    ['2 bottles', { quantity: 2, unit: 'bottle' }],
    ['2 2', { quantity: 2, unit: '2' }],
    ['2 handfuls', { quantity: 2, unit: 'handfuls' }],
    ['', null],
    ['x', null],
    ['handful', null],
    ['0', null],
    ['-1', null],
    ['100000', null],
    ['2 of those in the green bag please', null],
  ])('D3 %j is read as %j', (text, amount) => {
    expect(parseAmount(text)).toEqual(amount);
  });

  it.each([
    ['3 Dosen', { quantity: 3, unit: 'can' }],
    ['ein Dutzend', { quantity: 1, unit: 'dozen' }],
    ['½ كيلو', { quantity: 0.5, unit: 'kg' }],
    ['٣', { quantity: 3, unit: '' }],
    ['٢ حفنة', { quantity: 2, unit: 'حفنة' }],
    ['2 Handvoll', { quantity: 2, unit: 'Handvoll' }],
    ['half', null],
    ['ein bisschen', null],
  ])('D8 %j is read as %j with every language', (text, amount) => {
    expect(parseAmount(text, everyLanguage)).toEqual(amount);
  });

  it('D3 are read back as they were written', { timeout: 60_000 }, () => {
    const unit = fc.constantFrom('kg', 'g', 'can', '× 1 l', '× 0.5 l', 'Bund', '');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_000 }), unit, (thousandths, of) => {
        const amount = { quantity: thousandths / 1000, unit: of };
        fc.pre(formatAmount(amount) !== '');
        expect(parseAmount(formatAmount(amount))).toEqual(amount);
      }),
      { numRuns: 1_000 },
    );
  });
});
