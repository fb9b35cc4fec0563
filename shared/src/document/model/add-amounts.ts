import { canonicalAmount } from '../text/amount-reader.ts';
import { isQuantity, type Amount } from './amount.ts';

/** Units that measure the same, with their sizes. A sum is told in the first of its two units that can tell it exactly. */
const families: readonly Readonly<Record<string, number>>[] = [
  { kg: 1_000_000, g: 1_000, mg: 1 },
  { l: 1_000, dl: 100, cl: 10, ml: 1 },
  { lb: 16, oz: 1 },
  { '': 1, dozen: 12 },
];

/**
 * What two amounts come to, exact in all of their three decimals: 500 g and 1 kg make 1.5 kg, a dozen and 6 make 18. Null when they do not
 * add up, as 2 cans and 1 kg, or 2 × 1 l and 1 l, and when no quantity that a list can hold tells the sum.
 */
export function addAmounts(a: Amount, b: Amount): Amount | null {
  const [one, other] = [canonicalAmount(a), canonicalAmount(b)];
  const sizes = sizesOf(one.unit, other.unit);
  const size = (unit: string) => sizes[unit] ?? 0;
  const total = thousandths(one) * size(one.unit) + thousandths(other) * size(other.unit);
  for (const unit of Object.keys(sizes)) {
    const quantity = total / size(unit) / 1000;
    const isTold = unit === one.unit || unit === other.unit;
    if (isTold && total % size(unit) === 0 && isQuantity(quantity)) return { quantity, unit };
  }
  return null;
}

/** Whole numbers: sums of fractions would not be exact. */
function thousandths({ quantity }: Amount): number {
  return Math.round(quantity * 1000);
}

function sizesOf(unit: string, other: string): Readonly<Record<string, number>> {
  if (unit === other) return { [unit]: 1 };
  return families.find((family) => Object.hasOwn(family, unit) && Object.hasOwn(family, other)) ?? {};
}
