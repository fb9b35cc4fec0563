import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../protocol/index.ts';
import { arabicLines } from '../fixtures/lines/arabic.ts';
import { englishLines } from '../fixtures/lines/english.ts';
import { frenchLines } from '../fixtures/lines/french.ts';
import { germanLines } from '../fixtures/lines/german.ts';
import type { Line } from '../fixtures/lines/line.ts';
import { spanishLines } from '../fixtures/lines/spanish.ts';
import { firstReader } from './amount-reader.ts';
import { formatAmount } from './amount-text.ts';
import { everyLanguage } from './amount-words.ts';
import { parseLine } from './parse-line.ts';
import { tidyLine } from './tidy-text.ts';

const tables: readonly [language: string, lines: readonly Line[]][] = [
  ['English', englishLines],
  ['German', germanLines],
  ['French', frenchLines],
  ['Spanish', spanishLines],
  ['Arabic', arabicLines],
];
const lines = tables.flatMap(([, table]) => table);

function read(line: string): Line {
  const { name, amount, note } = parseLine(line, everyLanguage);
  const amountText = amount && formatAmount(amount);
  return note === '' ? [line, name, amountText] : [line, name, amountText, note];
}

/** The words of a text, without digits, each with how often it stands there. */
function wordCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text.toLowerCase().matchAll(/\p{L}+/gu)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function lostWords(line: string, { name, note }: { name: string; note: string }): string[] {
  const kept = wordCounts(`${name} ${note}`);
  const words = wordCounts(tidyLine(line, limits.maxNameLength));
  return [...words].filter(([word, count]) => (kept.get(word) ?? 0) < count).map(([word]) => word);
}

/** What the examples take for a part of an amount, such as the `de` of `2 kg de pommes`. */
const wordsOfAmounts = new Set(lines.flatMap(([line, name, , note = '']) => lostWords(line, { name, note })));

/** Whether a word is a number, a unit or what stands between them and the name. */
function isOfAmount(word: string): boolean {
  const isUnitOrNumber = [`2 ${word}`, `${word} kg`].some((amount) => everyLanguage.read(amount) !== null);
  return isUnitOrNumber || wordsOfAmounts.has(word);
}

/** Names that nothing in them is taken for an amount. */
const names = lines.filter(([line, name, amount]) => line === name && amount === null).map(([name]) => name);
const amountsBefore = [
  '2 kg',
  '½ l',
  'une douzaine',
  'a dozen',
  '3 Dosen',
  '٢ كيلو',
  '6 x 330 ml',
  'ein halbes Kilo',
  '2x',
  'media docena',
];
const amountsBehind = ['2 kg', '1,5 l', 'zwei Liter', 'x2', '2 x 1 l', '٣ كيلو', 'une douzaine', '3 latas'];
const anyLine = fc.oneof(
  fc.string({ unit: 'binary', maxLength: limits.maxNameLength }),
  fc
    .array(
      fc.constantFrom(
        ...lines.flatMap(([line]) => line.split(' ')),
        '-',
        '–',
        ',',
        '،',
        '(',
        ')',
        './',
        'x',
        '×',
        '½',
        '%',
      ),
      { maxLength: 12 },
    )
    .map((words) => words.join(' ').slice(0, limits.maxNameLength)),
  fc
    .array(
      fc.constantFrom(
        '1',
        '٢',
        ' ',
        '/',
        'x',
        ',',
        '½',
        'kg',
        '(',
        ')',
        '. ',
        'a',
        'half',
        '- ',
        'de ',
        "d'",
        'un ',
        'او ',
      ),
    )
    .map((parts) => parts.join('').slice(0, limits.maxNameLength)),
);

describe('lines in every language at once', () => {
  it.each(tables)('D8 %s', (_language, table) => {
    expect(table.length).toBeGreaterThanOrEqual(40);
    expect(table.map(([line]) => read(line))).toEqual(table);
  });

  it('D8 leaves a name alone, whatever amount stands beside it', () => {
    const plain = names.filter((name) => /^\p{L}/u.test(name) && !/\p{Nd}|^(?:one|uno)$/iu.test(name));
    expect(plain.length).toBeGreaterThan(60);
    for (const name of plain) {
      expect(amountsBefore.map((amount) => read(`${amount} ${name}`)[1])).toEqual(amountsBefore.map(() => name));
      expect(amountsBehind.map((amount) => read(`${name} ${amount}`)[1])).toEqual(amountsBehind.map(() => name));
    }
  });

  it('D8 loses no word but those of the amount', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        const lost = lostWords(line, parseLine(line, everyLanguage));
        expect(lost.filter((word) => !isOfAmount(word))).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });

  it('D8 takes no name apart a second time', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyLine, fc.constantFrom(firstReader, everyLanguage), (line, reader) => {
        const { name } = parseLine(line, reader);
        expect(parseLine(name, reader)).toEqual({ name, amount: null, note: '' });
      }),
      { numRuns: 3_000 },
    );
  });
});
