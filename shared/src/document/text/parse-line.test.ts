import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../protocol/index.ts';
import { cpuTimeMs } from '../fixtures/cpu-time.ts';
import { firstReader } from './amount-reader.ts';
import { formatAmount } from './amount-text.ts';
import { everyLanguage } from './amount-words.ts';
import { parseLine } from './parse-line.ts';

/** With the words that are there from the start, and with all. */
const readers = [firstReader, everyLanguage];

describe('parseLine', () => {
  it.each([
    // What there is to say can be said in front …
    ['2 kg potatoes', 'potatoes', '2 kg', ''],
    ['2kg potatoes', 'potatoes', '2 kg', ''],
    ['2 KG potatoes', 'potatoes', '2 kg', ''],
    ['6 eggs', 'eggs', '6', ''],
    ['1 dozen eggs', 'eggs', '1 dozen', ''],
    ['2x milk', 'milk', '2', ''],
    ['2 x milk', 'milk', '2', ''],
    ['2×milk', 'milk', '2', ''],
    ['2 cans of beans', 'beans', '2 can', ''],
    ['2 pcs lemons', 'lemons', '2', ''],
    ['2 × 1 L milk', 'milk', '2 × 1 l', ''],
    ['2 x 500g tomatoes', 'tomatoes', '2 × 500 g', ''],
    ['2 large onions', 'large onions', '2', ''],
    // … or behind.
    ['milk x2', 'milk', '2', ''],
    ['milk x 2', 'milk', '2', ''],
    ['milk 2x', 'milk', '2', ''],
    ['potatoes 2 kg', 'potatoes', '2 kg', ''],
    ['flour 500g', 'flour', '500 g', ''],
    ['milk 2 × 1 L', 'milk', '2 × 1 l', ''],
    ['water 6 bottles', 'water', '6 bottle', ''],
    // Numbers as people write them.
    ['½ kg carrots', 'carrots', '0.5 kg', ''],
    ['1½ kg carrots', 'carrots', '1.5 kg', ''],
    ['1 ½ kg carrots', 'carrots', '1.5 kg', ''],
    ['1/2 kg carrots', 'carrots', '0.5 kg', ''],
    ['1 1/2 kg carrots', 'carrots', '1.5 kg', ''],
    ['carrots 1 1/2 kg', 'carrots', '1.5 kg', ''],
    ['⅓ l cream', 'cream', '0.333 l', ''],
    ['½ melon', 'melon', '0.5', ''],
    ['1.5 l milk', 'milk', '1.5 l', ''],
    ['1,5 l milk', 'milk', '1.5 l', ''],
    // Notes.
    ['milk, lactose-free', 'milk', null, 'lactose-free'],
    ['2 l milk, lactose-free, cold', 'milk', '2 l', 'lactose-free, cold'],
    ['milk (the blue one)', 'milk', null, 'the blue one'],
    ['potatoes, 2 kg, waxy', 'potatoes', '2 kg', 'waxy'],
    ['eggs,6', 'eggs', '6', ''],
    ['milk, x2', 'milk', '2', ''],
    ['1,5 l milk, cold', 'milk', '1.5 l', 'cold'],
    ['2 milk, 3', 'milk', '2', '3'],
    ['milk,', 'milk', null, ''],
    // Pasted lists.
    ['- milk', 'milk', null, ''],
    ['• 2 l milk', 'milk', '2 l', ''],
    ['[ ] milk', 'milk', null, ''],
    ['- [x] milk', 'milk', null, ''],
    ['☐ 3 lemons', 'lemons', '3', ''],
    ['1. milk', 'milk', null, ''],
    ['2) 6 eggs', 'eggs', '6', ''],
    // What only looks like an amount stays in the name.
    ['7up', '7up', null, ''],
    ['2% milk', '2% milk', null, ''],
    ['2 % milk', '2 % milk', null, ''],
    ['milk 3.5%', 'milk 3.5%', null, ''],
    ['flour 405', 'flour 405', null, ''],
    ['omega 3 oil', 'omega 3 oil', null, ''],
    ['5-minute noodles', '5-minute noodles', null, ''],
    ['2xl shirts', '2xl shirts', null, ''],
    ['2 xl shirts', 'xl shirts', '2', ''],
    ['0 milk', '0 milk', null, ''],
    ['1/0 milk', '1/0 milk', null, ''],
    ['100000 eggs', '100000 eggs', null, ''],
    ['12', '12', null, ''],
    // Nothing is lost of what is no line at all.
    [', cold', ', cold', null, ''],
    ['(cold)', '(cold)', null, ''],
    ['  ', '', null, ''],
    ['', '', null, ''],
  ])('D1 reads %j as %j, %j, %j', (line, name, amount, note) => {
    for (const parsed of readers.map((reader) => parseLine(line, reader))) {
      expect({ ...parsed, amount: parsed.amount && formatAmount(parsed.amount) }).toEqual({ name, amount, note });
    }
  });

  it('D1 keeps everything within its limits, whatever the line', { timeout: 60_000 }, () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc
        .array(fc.constantFrom('1', ' ', '/', 'x', ',', '½', 'kg', '(', ')', '. ', 'a', '- '), { maxLength: 400 })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(nasty, (line) => {
        for (const { name, amount, note } of readers.map((reader) => parseLine(line, reader))) {
          expect(name.length).toBeLessThanOrEqual(limits.maxNameLength);
          expect(note.length).toBeLessThanOrEqual(limits.maxNoteLength);
          if (amount) expect(amount.quantity > 0 && amount.unit.length <= limits.maxUnitLength).toBe(true);
        }
      }),
      { numRuns: 600 },
    );
  });

  it('D1 does not hang on a line made to make it hang', { timeout: 60_000 }, () => {
    const tookMs = cpuTimeMs(() => {
      for (const part of [
        '1 ',
        '1/',
        'a 1 ',
        '- ',
        ' ( ',
        '1 x 1 ',
        ',1',
        'half a ',
        'un quart de ',
        '1 g - ',
        'x (a) ',
      ]) {
        for (const reader of readers) parseLine(part.repeat(100_000), reader);
      }
    });
    expect(tookMs).toBeLessThan(1_000);
  });
});
