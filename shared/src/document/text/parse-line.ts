import { limits } from '../../protocol/index.ts';
import type { Amount } from '../model/amount.ts';
import { amountOf, numberPattern, timesPattern } from './amount-text.ts';
import { tidyLine, tidyNote } from './tidy-text.ts';

/** What a typed or pasted line says. `amount` is null when it says none; then what the list remembers is meant. */
export interface ParsedLine {
  readonly name: string;
  readonly amount: Amount | null;
  readonly note: string;
}

const unit = `(?:${[
  'kg|g|gr|gram|grams|mg|lb|lbs|oz|l|ml|cl|dl|litre|litres|liter|liters|pt|pint|pints',
  'pc|pcs|piece|pieces|pack|packs|packet|packets|pkt|box|boxes|bag|bags|bottle|bottles|can|cans|tin|tins|jar|jars',
  'tub|tubs|carton|cartons|crate|crates|bunch|bunches|head|heads|loaf|loaves|slice|slices|roll|rolls|bar|bars',
  'dozen|cup|cups|tbsp|tsp',
].join('|')})(?![\\p{L}\\p{N}])`;
const measure = `(?:${timesPattern} ?${numberPattern} ?${unit}|${unit}|${timesPattern})`;

/** `2 kg potatoes`, `2 × 1 L milk`, `2x milk`, `2 cans of beans`. */
const measureFirst = new RegExp(
  `^(?<number>${numberPattern}) ?(?<measure>${measure}) ?(?:of )?(?<name>[\\p{L}\\p{N}].*)$`,
  'iu',
);
/** `6 eggs`, but not `7up` or `2 % milk`. */
const numberFirst = new RegExp(`^(?<number>${numberPattern}) (?<name>[\\p{L}\\p{N}].*)$`, 'iu');
/** `potatoes 2 kg`, `milk 2 × 1 L`, `milk 2x`. A bare number at the end belongs to the name: `flour 405`. */
const measureLast = new RegExp(`^(?<name>.*?\\S) (?<number>${numberPattern}) ?(?<measure>${measure})$`, 'iu');
/** `milk x2`. */
const timesLast = new RegExp(`^(?<name>.*?\\S) ${timesPattern} ?(?<number>${numberPattern})$`, 'iu');
/** All of `2`, `2 kg`, `x2`, as it stands between commas. */
const alone = new RegExp(`^(?:${timesPattern} ?)?(?<number>${numberPattern}) ?(?<measure>${measure})?$`, 'iu');

/** Marks that a pasted list puts before its lines: bullets, check boxes, numbering. */
const listMark = /^(?:(?:[-*•–—·]|\[[ x]?\]|☐|☑|\d+[.)]) )+/iu;
const noteInParentheses = /^(?<rest>.*\S) ?\((?<note>[^()]+)\)$/u;
/** A comma between two digits is a decimal comma. */
const separator = /(?<!\d),|,(?!\d)/u;
const maxLineLength = limits.maxNameLength + limits.maxNoteLength;

/** Takes a line apart into name, amount and note. Whatever does not look like an amount or a note stays in the name. */
export function parseLine(line: string): ParsedLine {
  const text = tidyLine(line, maxLineLength).replace(listMark, '').trim();
  const { rest = text, note: inParentheses } = noteInParentheses.exec(text)?.groups ?? {};
  const [head = '', ...tail] = rest.split(separator).map((part) => part.trim());
  const main = splitAmount(head);
  const amountInTail = main.amount === null ? tail.findIndex((part) => amountAlone(part) !== null) : -1;
  const notes = [
    ...tail.filter((part, i) => part !== '' && i !== amountInTail),
    ...(inParentheses ? [inParentheses] : []),
  ];
  if (main.name === '') return { name: tidyLine(text, limits.maxNameLength), amount: null, note: '' };
  return {
    name: tidyLine(main.name, limits.maxNameLength),
    amount: main.amount ?? amountAlone(tail[amountInTail] ?? ''),
    note: tidyNote(notes.join(', '), limits.maxNoteLength),
  };
}

function splitAmount(text: string): { name: string; amount: Amount | null } {
  for (const pattern of [measureFirst, numberFirst, measureLast, timesLast]) {
    const { name, number, measure = '' } = pattern.exec(text)?.groups ?? {};
    const amount = number === undefined ? null : amountOf(number, measure.trim());
    if (name !== undefined && amount !== null) return { name: name.trim(), amount };
  }
  return { name: text, amount: null };
}

function amountAlone(text: string): Amount | null {
  const { number, measure = '' } = alone.exec(text)?.groups ?? {};
  return number === undefined ? null : amountOf(number, measure.trim());
}
