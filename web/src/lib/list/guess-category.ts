import type { CategoryId } from '@trolley/shared/document';

/**
 * Finds the aisle of a product by its words, given the words of each aisle (comma-separated, from the message files, as they differ by
 * language). The longest match wins, so that `coconut milk` is no dairy although `milk` is; what nobody knows is `other`.
 */
export function guessCategory(
  name: string,
  categories: readonly CategoryId[],
  words: (category: CategoryId) => string,
): CategoryId {
  const padded = ` ${simplify(name)} `;
  let best: { category: CategoryId; length: number } = { category: 'other', length: 0 };
  for (const category of categories) {
    for (const word of words(category).split(',')) {
      const wanted = simplify(word);
      if (wanted.length > best.length && padded.includes(` ${wanted} `)) best = { category, length: wanted.length };
    }
  }
  return best.category;
}

/** Lower case, no accents, no plural. The rule for plurals is wrong in places, but the same on both sides. */
function simplify(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map(withoutPlural)
    .join(' ');
}

function withoutPlural(word: string): string {
  if (word.length < 4) return word;
  if (/(?:o|ch|sh|x)es$/u.test(word)) return word.slice(0, -2);
  if (word.endsWith('ies')) return `${word.slice(0, -3)}i`;
  if (word.endsWith('y')) return `${word.slice(0, -1)}i`;
  return /[^s]s$/u.test(word) ? word.slice(0, -1) : word;
}
