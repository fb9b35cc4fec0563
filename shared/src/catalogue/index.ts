export { Catalogue } from './catalogue.ts';
export { parseLanguage, parseProducts, type CatalogueProduct, type UsualUnit } from './catalogue-data.ts';
export { usualAmount } from './usual-amount.ts';
export { Vocabulary, type NamedProduct } from './vocabulary.ts';
