import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAmount, parseAmount } from '../text/amount-text.ts';
import { addAmounts } from './add-amounts.ts';
import { isQuantity, onePiece, type Amount } from './amount.ts';

/** An amount from its text; '' is one piece. */
function amount(text: string): Amount {
  return parseAmount(text) ?? onePiece;
}

/** Sizes in the smallest unit of a kind. */
const sizes: Readonly<Record<string, number>> = {
  kg: 1e6,
  g: 1e3,
  mg: 1,
  l: 1e3,
  dl: 100,
  cl: 10,
  ml: 1,
  lb: 16,
  oz: 1,
  '': 1,
  dozen: 12,
};
const unit = fc.constantFrom(...Object.keys(sizes), 'can', 'bottle', 'handful', '× 1 l', '× 500 g');
const anyAmount = fc.record({
  quantity: fc.oneof(fc.integer({ min: 1, max: 99_999_000 }), fc.integer({ min: 1, max: 5_000 })).map((n) => n / 1000),
  unit,
});

describe('amounts that add up', () => {
  it.each([
    ['500 g', '1 kg', '1.5 kg'],
    ['1 kg', '500 g', '1.5 kg'],
    ['300 g', '400 g', '700 g'],
    ['500 ml', '1 l', '1.5 l'],
    ['50 cl', '1 l', '1.5 l'],
    ['2 dl', '1 ml', '2.01 dl'],
    ['2', '3', '5'],
    ['0.1', '0.2', '0.3'],
    ['0.1 kg', '0.2 kg', '0.3 kg'],
    ['1 dozen', '6', '18'],
    ['1 dozen', '1 dozen', '2 dozen'],
    ['0.5 dozen', '1', '7'],
    ['1 lb', '8 oz', '1.5 lb'],
    ['2 cans', '1 can', '3 can'],
    ['2 × 1 l', '1 × 1 L', '3 × 1 l'],
    ['2 handfuls', '1 handfuls', '3 handfuls'],
  ])('D9 %s and %s make %s', (a, b, sum) => {
    expect(addAmounts(amount(a), amount(b))).toEqual(amount(sum));
  });

  it.each([
    ['2 cans', '1 kg'],
    ['2 cans', '1'],
    ['1 kg', '1 l'],
    ['2 × 1 l', '1 l'],
    ['2 × 1 l', '2 × 500 ml'],
    ['1 handful', '1'],
    ['99999', '1'],
    ['1 kg', '1 mg'],
  ])('D9 %s and %s do not add up', (a, b) => {
    expect(addAmounts(amount(a), amount(b))).toBeNull();
  });

  it('D9 adds up what lists hold that are older than the names of units', () => {
    expect(addAmounts({ quantity: 2, unit: 'KG' }, { quantity: 500, unit: 'grams' })).toEqual({
      quantity: 2.5,
      unit: 'kg',
    });
    expect(addAmounts({ quantity: 2, unit: 'tins' }, { quantity: 1, unit: 'can' })).toEqual({
      quantity: 3,
      unit: 'can',
    });
    expect(addAmounts({ quantity: 2, unit: '× 1 L' }, { quantity: 1, unit: '× 1 l' })).toEqual({
      quantity: 3,
      unit: '× 1 l',
    });
  });

  it('D9 gives the same whichever comes first', () => {
    fc.assert(
      fc.property(anyAmount, anyAmount, (a, b) => {
        expect(addAmounts(a, b)).toEqual(addAmounts(b, a));
      }),
      { numRuns: 2_000 },
    );
  });

  it('D9 is exact, and reads as it is written', () => {
    fc.assert(
      fc.property(anyAmount, anyAmount, (a, b) => {
        const sum = addAmounts(a, b);
        if (sum === null) return;
        const inSmallest = ({ quantity, unit: of }: Amount) =>
          BigInt(Math.round(quantity * 1000)) * BigInt(sizes[of] ?? 1);
        expect(inSmallest(sum)).toBe(inSmallest(a) + inSmallest(b));
        expect(sum.quantity).toBe(Number(sum.quantity.toFixed(3)));
        expect(isQuantity(sum.quantity)).toBe(true);
        expect(parseAmount(formatAmount(sum)) ?? onePiece).toEqual(sum);
      }),
      { numRuns: 2_000 },
    );
  });
});
