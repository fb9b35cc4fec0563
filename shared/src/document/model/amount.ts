import { limits, TrolleyError } from '../../protocol/index.ts';
import { tidyLine } from '../text/tidy-text.ts';

/** How much is wanted. `unit` is '' for pieces; one piece is what is meant when nothing is said. */
export interface Amount {
  readonly quantity: number;
  readonly unit: string;
}

export const onePiece: Amount = { quantity: 1, unit: '' };

/** An amount as it is stored: three decimals, a tidy unit. Refuses quantities that are no number above 0 or beyond the limit. */
export function tidyAmount(amount: Amount): Amount {
  const quantity = Math.round(amount.quantity * 1000) / 1000;
  if (!(quantity > 0)) throw new TrolleyError('bad-request', 'a quantity is a number above 0');
  if (quantity > limits.maxQuantity) throw new TrolleyError('too-large', `a quantity is at most ${limits.maxQuantity}`);
  return { quantity, unit: tidyLine(amount.unit, limits.maxUnitLength) };
}

export function isQuantity(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value <= limits.maxQuantity;
}
