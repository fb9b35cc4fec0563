import { usualAmount, type Catalogue, type CatalogueProduct, type NamedProduct } from '@trolley/shared/catalogue';
import type { Amount, AmountReader, CategoryId, ListDocument, Product } from '@trolley/shared/document';
import { warmUp } from './warm-up.ts';

/** What is offered for the text that has been typed so far. */
export interface Suggestion {
  readonly name: string;
}

/** What the catalogue can tell a list. */
export class Groceries {
  /** Reads amounts in every language of ours; none where English will do. */
  readonly reader: AmountReader | undefined;
  readonly #catalogue: Catalogue;
  readonly #acquainted = new WeakMap<object, Promise<void>>();
  /** A key press asks for every product of a list again, and products stay the same objects. */
  readonly #identities = new WeakMap<Product, CatalogueProduct | null>();

  constructor(catalogue: Catalogue, reader: AmountReader | undefined) {
    this.#catalogue = catalogue;
    this.reader = reader;
  }

  /** The aisle of something by its name; `other` for what nobody knows. */
  categoryOf(name: string): CategoryId {
    return this.#catalogue.find(name)?.category ?? 'other';
  }

  /** An amount as it is meant of something: 500 of flour are grams. */
  amountOf(name: string, amount: Amount): Amount {
    return usualAmount(amount, this.#catalogue.find(name)?.unit);
  }

  /**
   * Puts what the catalogue knows after what the list has suggested, up to `max`. A product is offered once: what the list knows under any of
   * its names is the list's own to offer. It does so under the other name, too, unless it is to buy already or hidden.
   */
  complete(own: readonly Product[], document: ListDocument, typed: string, max: number): readonly Suggestion[] {
    if (own.length >= max || typed === '') return own;
    const listed = this.#listedIn(document);
    const offered = new Set<unknown>(own.flatMap((product) => [this.#identities.get(product), product.name]));
    const isWelcome = ({ product, name }: NamedProduct) =>
      !offered.has(product) && !offered.has(name) && listed.get(product) !== null;
    const more = this.#catalogue
      .suggest(typed, max - own.length, isWelcome)
      .map(({ product, name }) => ({ name: listed.get(product) ?? name }));
    return [...own, ...more];
  }

  /** What the list knows of the catalogue, by the name to offer it under; null for what is not to be offered. */
  #listedIn(document: ListDocument): ReadonlyMap<CatalogueProduct, string | null> {
    const entries = [...document.entries()];
    this.#identify(entries.map(({ product }) => product));
    const listed = new Map<CatalogueProduct, string | null>();
    for (const { product, item, isHidden } of entries) {
      const known = this.#identities.get(product) ?? null;
      if (known === null) continue;
      const isToBuy = item?.isTicked === false;
      if (isHidden || isToBuy) listed.set(known, null);
      else if (!listed.has(known)) listed.set(known, product.name);
    }
    return listed;
  }

  /** Works out ahead what the first suggestions for a list would wait for, with `breathe` between any two slices of it; once a list. */
  getToKnow(document: Pick<ListDocument, 'entries'>, breathe: () => Promise<void>): Promise<void> {
    const known = this.#acquainted.get(document) ?? warmUp(document, this, breathe);
    this.#acquainted.set(document, known);
    return known;
  }

  /** Works out which of the catalogue's products these are. */
  recognise(products: readonly Product[]): void {
    this.#identify(products);
  }

  #identify(products: readonly Product[]): void {
    const fresh = products.filter((product) => !this.#identities.has(product));
    const identities = this.#catalogue.identify(fresh.map(({ name }) => name));
    fresh.forEach((product, i) => this.#identities.set(product, identities[i] ?? null));
  }
}
