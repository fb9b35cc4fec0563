import { limits } from '../../protocol/index.ts';
import type { Amount } from '../model/amount.ts';
import { firstReader, type AmountReader } from './amount-reader.ts';
import { tidyLine } from './tidy-text.ts';

/** An amount for people to read: '' for one piece, '3', '2 kg', '2 × 1 l'. `parseAmount` reads it back. */
export function formatAmount({ quantity, unit }: Amount): string {
  if (unit === '') return quantity === 1 ? '' : String(quantity);
  return `${quantity} ${unit}`;
}

/** Reads what is typed into an amount field: a number and, after it, any unit. Null when it is no amount, which includes ''. */
export function parseAmount(text: string, reader: AmountReader = firstReader): Amount | null {
  const line = tidyLine(text, limits.maxNoteLength);
  return reader.read(line) ?? reader.readWithAnyUnit(line);
}
