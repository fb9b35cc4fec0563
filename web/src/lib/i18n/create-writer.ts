import { pluralPath, type Catalogue } from './catalogue.ts';
import { directionOf, type Language } from './languages.ts';

export type Inputs = Readonly<Record<string, string | number>>;

/** Writes the text of a key. A key that the catalogue does not have is written as it is. */
export type Writer = (key: string, inputs: Inputs) => string;

/** Unicode's first strong isolate and its end: what is between them takes its own direction and does not disturb the sentence around it. */
const isolate = (text: string) => `\u2068${text}\u2069`;

/**
 * Writes texts of one language: the plural form by `count`, numbers as the language writes them. In a language that runs from right to left,
 * names and other inputs are isolated, for most of them may be in any script.
 */
export function createWriter(language: Language, catalogue: Catalogue): Writer {
  // Made with the first text that needs them: the first frame of a list may need neither.
  let plurals: Intl.PluralRules | null = null;
  let numbers: Intl.NumberFormat | null = null;
  const isRightToLeft = directionOf(language) === 'rtl';

  function variant(key: string, count: number): string | undefined {
    plurals ??= new Intl.PluralRules(language);
    return catalogue.get(pluralPath(key, plurals.select(count))) ?? catalogue.get(pluralPath(key, 'other'));
  }

  function inputText(input: string | number): string {
    if (typeof input === 'string') return isRightToLeft ? isolate(input) : input;
    numbers ??= new Intl.NumberFormat(language);
    return numbers.format(input);
  }

  return (key, inputs) => {
    const text = catalogue.get(key) ?? variant(key, Number(inputs['count'])) ?? key;
    return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
      const input = inputs[name];
      return input === undefined ? placeholder : inputText(input);
    });
  };
}
