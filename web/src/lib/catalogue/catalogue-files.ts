import ar from '@trolley/shared/catalogue/names.ar.json?url&no-inline';
import de from '@trolley/shared/catalogue/names.de.json?url&no-inline';
import en from '@trolley/shared/catalogue/names.en.json?url&no-inline';
import es from '@trolley/shared/catalogue/names.es.json?url&no-inline';
import fr from '@trolley/shared/catalogue/names.fr.json?url&no-inline';
import products from '@trolley/shared/catalogue/products.json?url&no-inline';
import type { Language } from '#lib/i18n/languages.ts';

/** Where the catalogue is: files of the app with a hash in their names, which the service worker keeps. */
export const productsUrl: string = products;
export const namesUrls: Readonly<Record<Language, string>> = { en, de, fr, es, ar };
