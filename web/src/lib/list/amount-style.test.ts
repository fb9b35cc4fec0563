import { readFileSync } from 'node:fs';
import { unitIds } from '@trolley/shared/document';
import { everyLanguage } from '@trolley/shared/amount-words';
import { describe, expect, it } from 'vitest';
import { parseCatalogue, pluralPath } from '#lib/i18n/catalogue.ts';
import { languages } from '#lib/i18n/languages.ts';

describe.for(languages)('the words for units in %s', (language) => {
  const path = new URL(`../../../messages/${language}.json`, import.meta.url);
  const texts = [...parseCatalogue(JSON.parse(readFileSync(path, 'utf8')))];

  it.for(unitIds)('W10 what is shown of %s can be typed, one and several', (unit) => {
    const forms = pluralPath(`unit_${unit}`, '');
    const words = texts.flatMap(([key, word]) => (key === `unit_${unit}` || key.startsWith(forms) ? [word] : []));
    expect(words).not.toEqual([]);
    expect(words.map((word) => everyLanguage.read(`3 ${word}`)?.unit)).toEqual(words.map(() => unit));
  });
});
