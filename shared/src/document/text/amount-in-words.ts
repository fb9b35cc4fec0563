import type { Amount } from '../model/amount.ts';
import { canonicalAmount } from './amount-reader.ts';
import { unitWords, type UnitId } from './unit-words.ts';

/** How a language writes amounts. */
export interface AmountStyle {
  /** A number; without separators of thousands where the amount is to be read back. */
  readonly number: (quantity: number) => string;
  /** The word for so many of a unit: `kg`, `Dosen`. */
  readonly unit: (unit: UnitId, quantity: number) => string;
}

/** Every unit that a language has a word for. */
export const unitIds: readonly UnitId[] = Object.keys(unitWords).filter(isUnitId);

/**
 * An amount for people to read in their language, whatever language it was typed in: '' for one piece, '3', '2 Dosen', '2 × 1 l'. A unit that
 * somebody has made up stays as it is. A reader that knows the words reads it back.
 */
export function formatAmountIn(amount: Amount, style: AmountStyle): string {
  const { quantity, unit } = canonicalAmount(amount);
  if (unit === '') return quantity === 1 ? '' : style.number(quantity);
  const [, size, content = ''] = /^× ([\d.]+) ?(.*)$/u.exec(unit) ?? [];
  if (size === undefined) return `${style.number(quantity)} ${wordFor(unit, quantity, style)}`;
  return `${style.number(quantity)} × ${style.number(Number(size))} ${wordFor(content, Number(size), style)}`.trim();
}

function wordFor(unit: string, quantity: number, style: AmountStyle): string {
  return isUnitId(unit) ? style.unit(unit, quantity) : unit;
}

function isUnitId(name: string): name is UnitId {
  return name !== 'pc' && Object.hasOwn(unitWords, name);
}
