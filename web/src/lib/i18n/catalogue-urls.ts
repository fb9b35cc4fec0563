import ar from '../../../messages/ar.json?url&no-inline';
import de from '../../../messages/de.json?url&no-inline';
import en from '../../../messages/en.json?url&no-inline';
import es from '../../../messages/es.json?url&no-inline';
import fr from '../../../messages/fr.json?url&no-inline';
import type { Language } from './languages.ts';

/** Where the texts of each language are: files of the app with a hash in their names, which the service worker keeps. */
export const catalogueUrls: Readonly<Record<Language, string>> = { en, de, fr, es, ar };
