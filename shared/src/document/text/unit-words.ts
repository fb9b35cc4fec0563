/**
 * Units by the name under which they are stored, each with a pattern of other English words for it; a plural in `s` needs no mention.
 * These are there from the start; the words of the other languages are in `amount-words.ts`. Of `pc`, a piece, no unit is stored.
 */
export const unitWords = {
  pc: '[x×*]|pieces?',
  g: 'gr|grams?',
  kg: 'kilos?',
  mg: '[]',
  l: 'lit(?:er|re)s?',
  dl: '[]',
  cl: '[]',
  ml: '[]',
  lb: 'pounds?',
  oz: '[]',
  pt: 'pints?',
  dozen: '[]',
  pack: 'pkt|packets?',
  can: 'tins?',
  bottle: '[]',
  jar: '[]',
  tub: '[]',
  bag: '[]',
  box: 'boxes',
  carton: '[]',
  crate: '[]',
  bunch: 'bunches',
  head: '[]',
  loaf: 'loaves',
  slice: '[]',
  roll: '[]',
  bar: '[]',
  cup: '[]',
  tbsp: '[]',
  tsp: '[]',
};

/** The name under which a unit is stored. Pieces have none; any other text is a unit that somebody has made up. */
export type UnitId = Exclude<keyof typeof unitWords, 'pc'>;
