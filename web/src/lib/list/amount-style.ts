import type { AmountStyle } from '@trolley/shared/document';
import { currentLanguage } from '#lib/i18n/language.svelte.ts';
import { unitWord } from './unit-word.ts';

const numbers = new Map<string, Intl.NumberFormat>();

/** Amounts as the language of the screen writes them. Reactive. Without separators of thousands, so that what is shown can be typed. */
export const amountStyle: AmountStyle = {
  number: (quantity) => numbersOf(currentLanguage()).format(quantity),
  unit: (unit, count) => unitWord(unit, count),
};

/** Making a format costs more than a row does. */
function numbersOf(language: string): Intl.NumberFormat {
  let known = numbers.get(language);
  if (known === undefined) {
    known = new Intl.NumberFormat(language, { useGrouping: false, maximumFractionDigits: 3 });
    numbers.set(language, known);
  }
  return known;
}
