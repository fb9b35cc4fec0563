import { prepareSuggest, type ListDocument } from '@trolley/shared/document';
import type { Groceries } from './groceries.ts';

/** So many take a phone that is four times as slow as a desk some milliseconds. */
const productsInSlice = 100;

/**
 * Works out ahead, in slices, what the first letter that is typed would otherwise wait for: the search forms of all that the list knows, and
 * which products of the catalogue they are.
 */
export async function warmUp(
  document: Pick<ListDocument, 'entries'>,
  groceries: Pick<Groceries, 'recognise'>,
  breathe: () => Promise<void>,
): Promise<void> {
  const products = Array.from(document.entries(), ({ product }) => product);
  for (let from = 0; from < products.length; from += productsInSlice) {
    await breathe();
    const slice = products.slice(from, from + productsInSlice);
    prepareSuggest(slice);
    groceries.recognise(slice);
  }
}
