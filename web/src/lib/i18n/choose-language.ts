import { parseCatalogue } from './catalogue.ts';
import { catalogueUrls } from './catalogue-urls.ts';
import { showLanguage } from './language.svelte.ts';
import { directionOf, type Language } from './languages.ts';
import { rememberLanguage } from './remember-language.ts';

let latestChoice = 0;

/** Shows another language and remembers it, unless a later choice has come before its texts. Rejects when they cannot be had. */
export async function chooseLanguage(chosen: Language): Promise<void> {
  const choice = ++latestChoice;
  const response = await fetch(catalogueUrls[chosen]);
  const catalogue = parseCatalogue(await response.json());
  if (choice !== latestChoice) return;
  showLanguage(chosen, catalogue);
  document.documentElement.lang = chosen;
  document.documentElement.dir = directionOf(chosen);
  rememberLanguage(chosen);
}
