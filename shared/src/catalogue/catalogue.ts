import type { CatalogueProduct } from './catalogue-data.ts';
import type { NamedProduct, Vocabulary } from './vocabulary.ts';

/** What shops sell, by the names of one or more languages, the most important first. It never changes. */
export class Catalogue {
  readonly #vocabularies: readonly Vocabulary[];

  constructor(vocabularies: readonly Vocabulary[]) {
    this.#vocabularies = vocabularies;
  }

  /** Of each name the product that it is a name of, as one or as many, whatever its case, accents and article. */
  identify(names: readonly string[]): (CatalogueProduct | null)[] {
    const byVocabulary = this.#vocabularies.map((vocabulary) => vocabulary.identify(names));
    return names.map((_, i) => byVocabulary.flatMap((products) => products[i] ?? [])[0] ?? null);
  }

  /** The product that a name speaks of, which may say more than the catalogue does: `ripe tomatoes`. */
  find(name: string): CatalogueProduct | null {
    const found = this.#vocabularies.flatMap((vocabulary) => vocabulary.find(name) ?? []);
    const wordCount = Math.max(...found.map((match) => match.wordCount));
    return found.find((match) => match.wordCount === wordCount)?.product ?? null;
  }

  /**
   * Up to `max` products that may be meant by what is typed so far, under the names that were found, each product and each name once: the first
   * language before the others, and in each what begins so, then words that do, then what contains it. Only those that `isWelcome`.
   */
  suggest(typed: string, max: number, isWelcome: (named: NamedProduct) => boolean = () => true): NamedProduct[] {
    const suggested: NamedProduct[] = [];
    const taken = new Set<unknown>();
    for (const found of this.#vocabularies.flatMap((vocabulary) => vocabulary.search(typed))) {
      if (suggested.length >= max) break;
      const named = asTitle(found);
      if (taken.has(named.product) || taken.has(named.name) || !isWelcome(named)) continue;
      taken.add(named.product).add(named.name);
      suggested.push(named);
    }
    return suggested;
  }
}

/** Names on a list begin with a capital, as a phone's keyboard begins them. */
function asTitle({ product, name }: NamedProduct): NamedProduct {
  return { product, name: name.replace(/^./u, (first) => first.toLocaleUpperCase()) };
}
