import type { Amount } from '../document/model/amount.ts';
import type { UsualUnit } from './catalogue-data.ts';

/** Nobody buys so many pieces of what is weighed. */
const minGrams = 50;
const smallUnits: Partial<Record<UsualUnit, string>> = { kg: 'g', g: 'g', l: 'ml', ml: 'ml' };

/** An amount as it is meant of a product: `500` of flour are grams, `250` of cream are millilitres, `2` are two of whatever there is. */
export function usualAmount(amount: Amount, usualUnit: UsualUnit | undefined): Amount {
  const unit = usualUnit === undefined ? undefined : smallUnits[usualUnit];
  return unit === undefined || amount.unit !== '' || amount.quantity < minGrams ? amount : { ...amount, unit };
}
