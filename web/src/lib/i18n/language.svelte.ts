import { parseCatalogue, type Catalogue } from './catalogue.ts';
import { createWriter, type Inputs, type Writer } from './create-writer.ts';
import { baseLanguage, toLanguage, type Language } from './languages.ts';

let language: Language = $state.raw(baseLanguage);
let writer: Writer = $state.raw((key) => key);

/** The language that is shown. Reactive, as is every text. */
export function currentLanguage(): Language {
  return language;
}

/** Makes the function of one message. The build puts it in the place of what Paraglide compiles, which holds all languages at once. */
export function message(key: string): (inputs?: Inputs) => string {
  return (inputs = {}) => writer(key, inputs);
}

/** Shows the language which the page has found out before its first paint. Rejects when its texts could not be had. */
export async function startLanguage(): Promise<void> {
  showLanguage(toLanguage(document.documentElement.lang), parseCatalogue(await window.earlyTexts));
}

/** Shows the texts of a language at once; the page's own language is the caller's to tell. */
export function showLanguage(chosen: Language, catalogue: Catalogue): void {
  writer = createWriter(chosen, catalogue);
  language = chosen;
}
