import type { CatalogueProduct, Grammar } from './catalogue-data.ts';

/** The longest name there is has six words. */
const maxWords = 6;

/** A product, and how many words of a name say so. */
export interface ProductInName {
  readonly product: CatalogueProduct;
  readonly wordCount: number;
}

/**
 * The product of the most words in a name, so that `coconut milk` is no dairy although `milk` is. Of equals, the one that the language puts in
 * the place of the thing itself; without any, the end of a compound.
 */
export function findInName(
  name: string,
  grammar: Grammar,
  products: ReadonlyMap<string, CatalogueProduct>,
): ProductInName | null {
  const [main = name] = grammar.aside === null ? [] : name.split(grammar.aside);
  const parts = [main.split(' '), name.split(' ')];
  for (let wordCount = maxWords; wordCount > 0; wordCount--) {
    for (const part of parts) {
      const runs = runsOf(part, wordCount).flatMap((run) => products.get(run) ?? []);
      const product = runs.at(grammar.isHeadLast ? -1 : 0);
      if (product !== undefined) return { product, wordCount };
    }
  }
  return grammar.minCompoundEnd === null ? null : findCompound(main, grammar.minCompoundEnd, products);
}

function runsOf(words: readonly string[], length: number): string[] {
  return words.slice(length - 1).map((_, from) => words.slice(from, from + length).join(' '));
}

function findCompound(
  name: string,
  minEnd: number,
  products: ReadonlyMap<string, CatalogueProduct>,
): ProductInName | null {
  for (const word of name.split(' ').reverse()) {
    for (let from = 1; from <= word.length - minEnd; from++) {
      const product = products.get(word.slice(from));
      if (product !== undefined) return { product, wordCount: 1 };
    }
  }
  return null;
}
