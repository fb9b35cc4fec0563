import { limits } from '../../protocol/index.ts';
import { isQuantity, type Amount } from '../model/amount.ts';
import { tidyLine } from './tidy-text.ts';

const fractions: ReadonlyMap<string, string> = new Map([
  ['½', '1/2'],
  ['⅓', '1/3'],
  ['⅔', '2/3'],
  ['¼', '1/4'],
  ['¾', '3/4'],
  ['⅛', '1/8'],
]);
const fractionSign = `[${[...fractions.keys()].join('')}]`;

/** Source of a pattern for a number as people write it: `2`, `1.5`, `1,5`, `½`, `1 ½`, `1/2`, `1 1/2`. */
export const numberPattern = `(?:\\d+ \\d+/\\d+|\\d+/\\d+|\\d+ ?${fractionSign}|${fractionSign}|\\d+(?:[.,]\\d+)?)`;

/** Source of a pattern for "times", between or after numbers: `×`, `*`, or an `x` that does not begin a word. */
export const timesPattern = '(?:[×*]|x(?!\\p{L}))';

/** An amount for people to read: '' for one piece, '3', '2 kg', '2 × 1 L'. `parseAmount` reads it back. */
export function formatAmount({ quantity, unit }: Amount): string {
  if (unit === '') return quantity === 1 ? '' : String(quantity);
  return `${quantity} ${unit}`;
}

const amountPattern = new RegExp(`^(${numberPattern})(.*)$`, 'u');
const packPattern = new RegExp(`^${timesPattern} ?(${numberPattern}) ?(.*)$`, 'iu');
const onlyTimes = new RegExp(`^${timesPattern}$`, 'iu');

/** Reads what is typed into an amount field: a number and, after it, any unit. Null when it is no amount, which includes ''. */
export function parseAmount(text: string): Amount | null {
  const [, number, rest] = amountPattern.exec(tidyLine(text, limits.maxNoteLength)) ?? [];
  return number === undefined || rest === undefined ? null : amountOf(number, rest.trim());
}

/** An amount from a number and a unit as they were typed; a pack such as `x 500g` becomes the unit `× 500 g`. */
export function amountOf(number: string, typedUnit: string): Amount | null {
  const quantity = quantityOf(number);
  const unit = unitOf(typedUnit);
  return quantity === null || unit.length > limits.maxUnitLength ? null : { quantity, unit };
}

function unitOf(typed: string): string {
  if (onlyTimes.test(typed) || /^pcs?\.?$/iu.test(typed)) return '';
  const [, size, unit] = packPattern.exec(typed) ?? [];
  return size === undefined || unit === undefined ? typed : `× ${size} ${unit}`.trim();
}

function quantityOf(number: string): number | null {
  const parts = number
    .replace(new RegExp(fractionSign, 'u'), (sign) => ` ${fractions.get(sign) ?? ''}`)
    .trim()
    .split(/ +/u);
  const sum = parts.reduce((total, part) => total + valueOf(part), 0);
  const quantity = Math.round(sum * 1000) / 1000;
  return isQuantity(quantity) ? quantity : null;
}

function valueOf(part: string): number {
  const [numerator, denominator] = part.split('/');
  const value = Number(numerator?.replace(',', '.'));
  return denominator === undefined ? value : value / Number(denominator);
}
