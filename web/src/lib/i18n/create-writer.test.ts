import { describe, expect, it } from 'vitest';
import { parseCatalogue } from './catalogue.ts';
import { createWriter } from './create-writer.ts';

const isolated = (text: string) => `\u2068${text}\u2069`;

function variants(match: Record<string, string>) {
  return [{ declarations: ['input count', 'local form = count: plural'], selectors: ['form'], match }];
}

describe('a writer of texts', () => {
  it('W16 puts what is given into the text, as it is', () => {
    const write = createWriter('en', parseCatalogue({ invite: '{name} invites you, {name}.' }));
    expect(write('invite', { name: '{name} $& <b>' })).toBe('{name} $& <b> invites you, {name} $& <b>.');
  });

  it('W16 chooses the plural form of the language, and the general one where a form is missing', () => {
    const english = createWriter(
      'en',
      parseCatalogue({ left: variants({ 'form=one': 'one', 'form=other': '{count}' }) }),
    );
    expect([0, 1, 2].map((count) => english('left', { count }))).toEqual(['0', 'one', '2']);

    const forms = ['zero', 'one', 'two', 'few', 'many', 'other'];
    const match = Object.fromEntries(forms.map((form) => [`form=${form}`, form]));
    const arabic = createWriter('ar', parseCatalogue({ left: variants(match) }));
    expect([0, 1, 2, 3, 11, 100].map((count) => arabic('left', { count }))).toEqual(forms);
  });

  it('W16 writes numbers as the language does', () => {
    const write = (language: 'en' | 'de') =>
      createWriter(language, parseCatalogue({ left: '{count}' }))('left', { count: 2000.5 });
    expect([write('en'), write('de')]).toEqual(['2,000.5', '2.000,5']);
  });

  it('W16 isolates names where lines run from right to left', () => {
    const write = createWriter('ar', parseCatalogue({ added: 'أُضيف: {name}، {count}' }));
    expect(write('added', { name: 'Anna', count: 2 })).toBe(`أُضيف: ${isolated('Anna')}، 2`);
  });

  it('W16 writes the key of a text that is missing', () => {
    expect(createWriter('en', parseCatalogue({}))('home_title', {})).toBe('home_title');
  });
});

describe('a catalogue', () => {
  it.for([null, 'text', { home_title: 3 }, { home_title: [{ match: { other: 1 } }] }])(
    'W16 is refused when it is %j',
    (value) => {
      expect(() => parseCatalogue(value)).toThrow();
    },
  );
});
