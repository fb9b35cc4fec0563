import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseName, searchForm, tidyLine, tidyNote } from './tidy-text.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(fc.constantFrom(' ', '\n', '\r', '\u200e', '\u0301', 'e', 'İ', '\ufeff', '👍', '🏽', '\u200d', '\ud83d'), {
      maxLength: 30,
    })
    .map((parts) => parts.join('')),
);

describe('tidy text', () => {
  it.each([
    ['  Oat   milk\t', 'Oat milk'],
    ['Oat\nmilk', 'Oat milk'],
    ['Oat\u00a0milk', 'Oat milk'],
    ['\u202eklim\u202c', 'klim'],
    ['a\u0000b\u0007c\ufeff', 'abc'],
    ['Cre\u0300me', 'Crème'],
    ['👨‍👩‍👧', '👨‍👩‍👧'],
    ['half \ud83d emoji', 'half \ufffd emoji'],
    [' \u200e ', ''],
    ['a \u200e b', 'a b'],
    ['e\u200e\u0301', 'é'],
  ])('D1 a line %j becomes %j', (text, expected) => {
    expect(tidyLine(text, 120)).toBe(expected);
  });

  it('D1 a note keeps its line breaks', () => {
    expect(tidyNote(' ripe\r\nand  big\u0007\n', 500)).toBe('ripe\nand  big');
  });

  it.each([
    ['abc def', 3, 'abc'],
    ['abc def', 4, 'abc'],
    ['ab👍🏽', 5, 'ab'],
    ['ab👍🏽', 6, 'ab👍🏽'],
    ['e\u0301e\u0301', 1, 'é'],
    ['🇸🇪🇳🇴', 7, '🇸🇪'],
  ])('D1 %j is cut at %d to %j', (text, maxLength, expected) => {
    expect(tidyLine(text, maxLength)).toBe(expected);
  });

  it('D1 is tidy, well-formed and no longer than allowed, whatever comes', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyText, fc.nat({ max: 40 }), (text, maxLength) => {
        for (const tidy of [tidyLine, tidyNote]) {
          const once = tidy(text, maxLength);
          expect(once.length).toBeLessThanOrEqual(maxLength);
          expect(once.isWellFormed()).toBe(true);
          expect(tidy(once, maxLength)).toBe(once);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('normaliseName', () => {
  it.each([
    ['Milk', 'milk'],
    [' MILK ', 'milk'],
    ['ＭＩＬＫ', 'milk'],
    ['oat\u00a0 milk', 'oat milk'],
    ['Crème', 'crème'],
    ['Cre\u0300me', 'crème'],
    ['ﬁsh', 'fish'],
    ['İ', 'i̇'],
  ])('D1 takes %j for %j', (name, expected) => {
    expect(normaliseName(name)).toBe(expected);
  });

  it('D1 changes nothing the second time', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyText, (name) => {
        expect(normaliseName(normaliseName(name))).toBe(normaliseName(name));
      }),
      { numRuns: 3_000 },
    );
  });

  it('D1 a search does not mind accents either', () => {
    expect(searchForm('  Crème FRAÎCHE ')).toBe('creme fraiche');
  });
});
