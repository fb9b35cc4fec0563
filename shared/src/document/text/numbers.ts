/** ½, ¾, ⅓ and their like. */
const fraction = '[¼-¾⅐-⅞]';

/** Source of a pattern for a number as people write it: `2`, `1.5`, `1,5`, `½`, `1 ½`, `1/2`, `1 1/2`. */
export const digits = `(?:(?:\\d+ )?\\d+/\\d+|\\d+ ?${fraction}|${fraction}|\\d+(?:[.,]\\d+)?)`;

/**
 * Source of a class of letters, in lower case: nearly `\p{L}`, of which every pattern would have to make hundreds of ranges. What is between
 * are punctuation, signs and arrows.
 */
export const letters = 'a-zß-\\u1fff\\u2c00-\\uffdc';

/** Source of a pattern for "times", between or after numbers: `×`, `*`, or an `x` that does not begin a word. */
export const times = `(?:[×*]|x(?![${letters}]))`;

/** What a number in digits comes to, in whole thousandths. */
export function valueOf(number: string): number {
  const parts = number
    .replace(new RegExp(fraction, 'u'), (sign) => ` ${sign.normalize('NFKC')}`)
    .trim()
    .split(/ +/u);
  return Math.round(parts.reduce((total, part) => total + valueOfPart(part), 0) * 1000) / 1000;
}

function valueOfPart(part: string): number {
  // What normalisation makes of `½` has a slash of its own.
  const [numerator, denominator = 1] = part.split(/[/⁄]/u);
  return Number(numerator?.replace(',', '.')) / Number(denominator);
}
