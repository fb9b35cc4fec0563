import type { ListDocument } from './list-document.ts';
import type { Product } from './model/item.ts';
import { normalisedNameOf, searchFormOf } from './text/name-forms.ts';
import { searchForm } from './text/tidy-text.ts';

/** Kinds of match, best first. */
const rank = { prefix: 0, wordPrefix: 1, inside: 2, none: 3 };

/**
 * What might be meant, from what the list has known: names that begin with what is typed, then names with a word that does, then
 * names that contain it, each group by how lately it was wanted or bought. What is on the list and still to buy is left out.
 */
export function suggest(doc: ListDocument, typed: string, max: number): Product[] {
  const query = searchForm(typed);
  const matches = doc
    .products()
    .filter((product) => !isToBuy(doc, product))
    .map((product) => ({ product, rank: rankOf(searchFormOf(product), query) }))
    .filter((match) => match.rank !== rank.none)
    .sort((a, b) => a.rank - b.rank || compareByUse(a.product, b.product));
  return firstOfEachName(matches.map(({ product }) => product)).slice(0, max);
}

/** Works out ahead what `suggest` needs to know of these products, once for as long as they stay as they are. */
export function prepareSuggest(products: readonly Product[]): void {
  for (const product of products) {
    normalisedNameOf(product);
    searchFormOf(product);
  }
}

function isToBuy(doc: ListDocument, { id }: Product): boolean {
  return doc.item(id)?.isTicked === false;
}

function rankOf(name: string, query: string): number {
  if (name.startsWith(query)) return rank.prefix;
  const at = name.indexOf(query);
  if (at === -1) return rank.none;
  return startsWord(name, query, at) ? rank.wordPrefix : rank.inside;
}

function startsWord(name: string, query: string, from: number): boolean {
  for (let at = from; at !== -1; at = name.indexOf(query, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(name.charAt(at - 1))) return true;
  }
  return false;
}

/** Lately used first; names, then ids, make the order the same on every phone. */
function compareByUse(a: Product, b: Product): number {
  return lastUse(b) - lastUse(a) || compareText(searchFormOf(a), searchFormOf(b)) || compareText(a.id, b.id);
}

function lastUse({ wantedAt, lastGotAt }: Product): number {
  return Math.max(wantedAt ?? -1, lastGotAt ?? -1);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Two products can have come to the same name by renaming. */
function firstOfEachName(products: readonly Product[]): Product[] {
  const names = new Set<string>();
  return products.filter((product) => {
    const name = normalisedNameOf(product);
    const isFirst = !names.has(name);
    names.add(name);
    return isFirst;
  });
}
