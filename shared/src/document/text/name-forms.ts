import type { Product } from '../model/item.ts';
import { normaliseName, searchForm } from './tidy-text.ts';

/** Unicode normalisation is slow beside everything else that happens on a key press, and products stay the same objects. */
const normalisedNames = new WeakMap<Product, string>();
const searchForms = new WeakMap<Product, string>();

/** `normaliseName` of a product's name, remembered. */
export function normalisedNameOf(product: Product): string {
  return remembered(normalisedNames, product, normaliseName);
}

/** `searchForm` of a product's name, remembered. */
export function searchFormOf(product: Product): string {
  return remembered(searchForms, product, searchForm);
}

function remembered(cache: WeakMap<Product, string>, product: Product, compute: (name: string) => string): string {
  let form = cache.get(product);
  if (form === undefined) {
    form = compute(product.name);
    cache.set(product, form);
  }
  return form;
}
