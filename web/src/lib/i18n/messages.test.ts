import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { languages, type Language } from './languages.ts';

/** All that our message files use of inlang's format: a text, or one for each plural form of `count`. */
const plural = v.strictObject({
  declarations: v.tuple([v.literal('input count'), v.literal('local form = count: plural')]),
  selectors: v.tuple([v.literal('form')]),
  match: v.record(v.pipe(v.string(), v.startsWith('form=')), v.string()),
});
const fileSchema = v.objectWithRest({ $schema: v.string() }, v.union([v.string(), v.strictTuple([plural])]));

type Text = string | [v.InferOutput<typeof plural>];

/** The same word in both languages, or a name, or a number: nothing that was forgotten. */
const sameAsInEnglish: Readonly<Record<Language, readonly string[]>> = {
  en: [],
  de: [
    'item_name',
    'account_passkeys',
    'status_offline',
    'color_1',
    'color_3',
    'color_8',
    'color_13',
    'category_baby',
    'look_amber',
  ],
  fr: ['list_suggestions', 'item_note', 'color_0', 'color_1', 'color_3', 'color_8', 'color_10', 'look_amber'],
  es: ['color_3'],
  ar: [],
};
const sameEverywhere =
  /^(?:app_name|page_title|picture_(?:amount|person)_\d|list_added_by|announce_by|keys_key_control|item_quantity_hint|unit_(?:g|kg|mg|l|dl|cl|ml|oz|lb|pt|tbsp|tsp))$/;

function read(language: Language): Map<string, Text> {
  const file: unknown = JSON.parse(
    readFileSync(new URL(`../../../messages/${language}.json`, import.meta.url), 'utf8'),
  );
  const entries = Object.entries(v.parse(fileSchema, file));
  return new Map(entries.filter(([key]) => key !== '$schema'));
}

function wordings(text: Text): string[] {
  return typeof text === 'string' ? [text] : Object.values(text[0].match);
}

function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\w+\}/g))].sort();
}

const english = read('en');

describe.for(languages)('the texts in %s', (language) => {
  const texts = read(language);

  it('W16 are all there, and none beside', () => {
    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('W16 have the placeholders of the English ones; a plural may spell its number out', () => {
    const wrong = [...texts].filter(([key, text]) => {
      const wanted = placeholders(wordings(english.get(key) ?? '').join(' '));
      const isSpelled = (given: string[]) => typeof text !== 'string' && given.length === 0 && wanted.length === 1;
      return wordings(text)
        .map(placeholders)
        .some((given) => !isSpelled(given) && given.join() !== wanted.join());
    });
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  it('W16 have every plural form that the language has, and no other', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.map((form) => `form=${form}`);
    const wrong = [...texts].filter(
      ([, text]) => typeof text !== 'string' && Object.keys(text[0].match).sort().join() !== forms.sort().join(),
    );
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  it('W16 name the number in the general form of a plural', () => {
    const wrong = [...texts].filter(
      ([key, text]) =>
        // A unit is a word for itself: its number may be a fraction, and has a form of its own.
        !key.startsWith('unit_') && typeof text !== 'string' && !text[0].match['form=other']?.includes('{count}'),
    );
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  it('W16 are neither empty nor padded, and hold nothing that only one of the two compilers would understand', () => {
    const wrong = [...texts].filter(([, text]) =>
      wordings(text).some((wording) => wording !== wording.trim() || wording === '' || /\\|\{(?!\w+\})/.test(wording)),
    );
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  it('W16 are not English by mistake', () => {
    const same = [...texts].filter(([key, text]) => JSON.stringify(text) === JSON.stringify(english.get(key)));
    const forgotten = same.map(([key]) => key).filter((key) => !sameEverywhere.test(key));
    expect(forgotten.sort()).toEqual(language === 'en' ? forgotten : [...sameAsInEnglish[language]].sort());
  });
});

it('W16 the languages on offer are those that are compiled', () => {
  const path = new URL('../../../project.inlang/settings.json', import.meta.url);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ baseLocale: 'en', locales: languages });
});
