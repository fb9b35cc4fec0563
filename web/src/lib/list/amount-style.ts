import type { AmountStyle, UnitId } from '@trolley/shared/document';
import * as m from '#lib/paraglide/messages.js';
import { currentLanguage } from '#lib/i18n/language.svelte.ts';

const words: Readonly<Record<UnitId, (inputs: { count: number }) => string>> = {
  g: m.unit_g,
  kg: m.unit_kg,
  mg: m.unit_mg,
  l: m.unit_l,
  dl: m.unit_dl,
  cl: m.unit_cl,
  ml: m.unit_ml,
  lb: m.unit_lb,
  oz: m.unit_oz,
  pt: m.unit_pt,
  dozen: m.unit_dozen,
  pack: m.unit_pack,
  can: m.unit_can,
  bottle: m.unit_bottle,
  jar: m.unit_jar,
  tub: m.unit_tub,
  bag: m.unit_bag,
  box: m.unit_box,
  carton: m.unit_carton,
  crate: m.unit_crate,
  bunch: m.unit_bunch,
  head: m.unit_head,
  loaf: m.unit_loaf,
  slice: m.unit_slice,
  roll: m.unit_roll,
  bar: m.unit_bar,
  cup: m.unit_cup,
  tbsp: m.unit_tbsp,
  tsp: m.unit_tsp,
};

const numbers = new Map<string, Intl.NumberFormat>();

/** Amounts as the language of the screen writes them. Reactive. Without separators of thousands, so that what is shown can be typed. */
export const amountStyle: AmountStyle = {
  number: (quantity) => numbersOf(currentLanguage()).format(quantity),
  unit: (unit, count) => words[unit]({ count }),
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
