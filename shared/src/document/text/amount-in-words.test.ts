import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalAmount } from './amount-reader.ts';
import { formatAmountIn, unitIds, type AmountStyle } from './amount-in-words.ts';
import { parseAmount } from './amount-text.ts';
import { everyLanguage } from './amount-words.ts';

const german: AmountStyle = {
  number: (quantity) => String(quantity).replace('.', ','),
  unit: (unit, quantity) => (unit === 'can' ? (quantity === 1 ? 'Dose' : 'Dosen') : unit),
};
const arabic: AmountStyle = {
  number: (quantity) => new Intl.NumberFormat('ar-EG', { useGrouping: false }).format(quantity),
  unit: (unit) => (unit === 'kg' ? 'كغ' : unit),
};

describe('amounts in the words of a reader', () => {
  it.each([
    [{ quantity: 1, unit: '' }, ''],
    [{ quantity: 2.5, unit: '' }, '2,5'],
    [{ quantity: 1, unit: 'can' }, '1 Dose'],
    [{ quantity: 3, unit: 'can' }, '3 Dosen'],
    [{ quantity: 0.5, unit: 'kg' }, '0,5 kg'],
    [{ quantity: 6, unit: '× 1.5 l' }, '6 × 1,5 l'],
    [{ quantity: 6, unit: '× 2 can' }, '6 × 2 Dosen'],
    [{ quantity: 2, unit: '× 6' }, '2 × 6'],
    [{ quantity: 2, unit: 'Handvoll' }, '2 Handvoll'],
  ])('D8 %j is written %j in German', (amount, text) => {
    expect(formatAmountIn(amount, german)).toBe(text);
  });

  it.each([
    [{ quantity: 2, unit: 'tins' }, '2 Dosen'],
    [{ quantity: 2, unit: 'KG' }, '2 kg'],
    [{ quantity: 2, unit: 'pieces' }, '2'],
    [{ quantity: 2, unit: '× 1 L' }, '2 × 1 l'],
  ])('D8 %j, of a list older than the names of units, is written %j', (amount, text) => {
    expect(formatAmountIn(amount, german)).toBe(text);
  });

  it('D8 has a name for every unit that is stored, and for pieces none', () => {
    expect(unitIds).toContain('bottle');
    expect(unitIds).not.toContain('pc');
    for (const unit of unitIds) expect(canonicalAmount({ quantity: 2, unit })).toEqual({ quantity: 2, unit });
  });

  it('D8 is read back as it was written', () => {
    const unit = fc.constantFrom('kg', 'can', '× 1.5 l', '× 2 can', 'Handvoll', '');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_000 }), unit, fc.constantFrom(german, arabic), (n, of, style) => {
        const amount = { quantity: n / 1000, unit: of };
        fc.pre(formatAmountIn(amount, style) !== '');
        expect(parseAmount(formatAmountIn(amount, style), everyLanguage)).toEqual(amount);
      }),
      { numRuns: 1_000 },
    );
  });
});
