import type { AmountReader, ListDocument } from '@trolley/shared/document';
import { Catalogue, parseLanguage, parseProducts, Vocabulary } from '@trolley/shared/catalogue';
import type { Language } from '#lib/i18n/languages.ts';
import { namesUrls, productsUrl } from './catalogue-files.ts';
import { pause } from '#lib/ui/pause.ts';
import { Groceries } from './groceries.ts';

/** Families mix languages, and what is bought everywhere often has an English name. */
const secondLanguage: Language = 'en';

const loads = new Map<Language, Promise<Groceries>>();
/** Somebody types and would see them now. */
let isAwaited = false;

/**
 * The groceries of a language, once a tab, when they know the products of a list. Ahead of their use they are got ready whenever the page has
 * nothing else to do. Rejects when a file cannot be had or is something else; the next call tries again.
 */
export async function loadGroceries(
  language: Language,
  document: Pick<ListDocument, 'entries'>,
  { isAhead }: { isAhead: boolean },
): Promise<Groceries> {
  isAwaited ||= !isAhead;
  const groceries = await loadOnce(language);
  await groceries.getToKnow(document, breathe);
  return groceries;
}

function loadOnce(language: Language): Promise<Groceries> {
  const known = loads.get(language);
  if (known !== undefined) return known;
  const load = fetchGroceries(language);
  loads.set(language, load);
  load.catch(() => loads.delete(language));
  return load;
}

/** Lets a slow phone paint and hear the next key. It waits for an idle moment unless somebody waits for the groceries. */
const breathe = (): Promise<void> => (isAwaited ? new Promise((resolve) => setTimeout(resolve)) : pause());

/** One file after the other, in slices between which a slow phone gets to paint. */
async function fetchGroceries(language: Language): Promise<Groceries> {
  const products = parseProducts(await fetchJson(productsUrl));
  const vocabularies: Vocabulary[] = [];
  await breathe();
  for (const each of new Set([language, secondLanguage])) {
    const data = parseLanguage(await fetchJson(namesUrls[each]));
    vocabularies.push(await Vocabulary.inSlices(products, data, breathe));
  }
  return new Groceries(new Catalogue(vocabularies), await loadReader(language));
}

/** Whoever reads nothing but English gets by with the words that are there from the start: the others are as large as a screen. */
async function loadReader(language: Language): Promise<AmountReader | undefined> {
  if ([language, ...navigator.languages].every((tag) => /^en\b/.test(tag))) return undefined;
  const { everyLanguage } = await import('@trolley/shared/amount-words');
  return everyLanguage;
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  return response.json();
}
