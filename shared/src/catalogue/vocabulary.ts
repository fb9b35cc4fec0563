import type { CatalogueProduct, Grammar, LanguageData } from './catalogue-data.ts';
import { findInName, type ProductInName } from './find-in-name.ts';
import { nameKeys, searchForms } from './name-forms.ts';

/** A product under one of its names. */
export interface NamedProduct {
  readonly product: CatalogueProduct;
  readonly name: string;
}

interface Entry extends NamedProduct {
  readonly form: string;
  readonly isSynonym: boolean;
}

/** What a vocabulary looks up in. */
interface Prepared {
  readonly entries: readonly Entry[];
  readonly byName: ReadonlyMap<string, CatalogueProduct>;
}

type Products = ReadonlyMap<string, CatalogueProduct>;

/** So many names take a phone that is four times as slow as a desk some milliseconds. */
const namesInSlice = 250;

/** Shorter text is found inside nearly everything. */
const minInsideLength = 3;

/** The names of all products in one language. */
export class Vocabulary {
  readonly #grammar: Grammar;
  readonly #entries: readonly Entry[];
  /**
   * Products by search form and by name key. A form counts before another product's key, for `pepper` is one thing and `peppers` are another; of
   * equal ones, the product that more people buy.
   */
  readonly #byName: ReadonlyMap<string, CatalogueProduct>;

  constructor(products: Products, language: LanguageData, { entries, byName } = finish(prepare(products, language))) {
    this.#grammar = language.grammar;
    this.#entries = entries;
    this.#byName = byName;
  }

  /** As the constructor, in slices of which each takes a slow phone less than a frame; `pause` comes between any two. */
  static async inSlices(products: Products, language: LanguageData, pause: () => Promise<void>): Promise<Vocabulary> {
    const steps = prepare(products, language);
    let step = steps.next();
    while (step.done !== true) {
      await pause();
      step = steps.next();
    }
    return new Vocabulary(products, language, step.value);
  }

  /** The products with a name that begins with what is typed, then with a word that does, then that contains it; each group by use. */
  search(typed: string): NamedProduct[] {
    const query = this.#formOf(typed);
    if (query === '') return [];
    const beginning: Entry[] = [];
    const withWord: Entry[] = [];
    const containing: Entry[] = [];
    for (const entry of this.#entries) {
      if (entry.form.startsWith(query)) beginning.push(entry);
      else if (entry.form.includes(` ${query}`)) withWord.push(entry);
      else if (query.length >= minInsideLength && entry.form.includes(query)) containing.push(entry);
    }
    return [...beginning, ...withWord, ...containing];
  }

  /** Of each name the product that it is a name of, as one or as many. All at once, because a long list has many. */
  identify(names: readonly string[]): (CatalogueProduct | null)[] {
    const forms = this.#formOf(...names);
    const keys = nameKeys(forms, this.#grammar).split('\n');
    const formOfEach = forms.split('\n');
    return names.map((_, i) => this.#byName.get(formOfEach[i] ?? '') ?? this.#byName.get(keys[i] ?? '') ?? null);
  }

  /** The product that a longer name speaks of, and how many of its words say so. */
  find(name: string): ProductInName | null {
    const form = this.#formOf(name);
    const literal = findInName(form, this.#grammar, this.#byName);
    const loose = findInName(nameKeys(form, this.#grammar), this.#grammar, this.#byName);
    return (loose?.wordCount ?? 0) > (literal?.wordCount ?? 0) ? loose : literal;
  }

  #formOf(...names: readonly string[]): string {
    return searchForms(names.map((name) => name.replace(/\s+/gu, ' ')).join('\n'), this.#grammar);
  }
}

/** All that is looked up in, made step by step. */
function* prepare(products: Products, { grammar, names }: LanguageData): Generator<undefined, Prepared> {
  const named = [...names].flatMap(([id, all]) => {
    const product = products.get(id);
    return product === undefined ? [] : all.map((name, i) => ({ product, name, isSynonym: i > 0 }));
  });
  const forms = yield* inSlices(
    named,
    ({ name }) => name,
    (text) => searchForms(text, grammar),
  );
  const entries = named.map((entry, i) => ({ ...entry, form: forms[i] ?? '' })).sort(compareByUse);
  const keys = yield* inSlices(
    entries,
    ({ form }) => form,
    (text) => nameKeys(text, grammar),
  );
  const byKey = entries.map(({ product }, i) => [keys[i] ?? '', product] as const);
  const byForm = entries.map(({ product, form }) => [form, product] as const);
  // The last of equal names stays in a map, and the first is meant.
  return { entries, byName: new Map([...byForm, ...byKey].reverse()) };
}

/** Of each the text, worked on many at once, one a line. */
function* inSlices<T>(
  all: readonly T[],
  textOf: (one: T) => string,
  work: (lines: string) => string,
): Generator<undefined, string[]> {
  const done: string[] = [];
  for (let from = 0; from < all.length; from += namesInSlice) {
    const slice = all.slice(from, from + namesInSlice);
    done.push(...work(slice.map(textOf).join('\n')).split('\n'));
    yield;
  }
  return done;
}

function finish(steps: Generator<undefined, Prepared>): Prepared {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** First names before synonyms, what every household buys before the rest, and the plain before the particular. */
function compareByUse(a: Entry, b: Entry): number {
  return (
    Number(a.isSynonym) - Number(b.isSynonym) ||
    Number(b.product.isStaple ?? false) - Number(a.product.isStaple ?? false) ||
    a.form.length - b.form.length
  );
}
