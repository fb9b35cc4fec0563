import type { ClientInit } from '@sveltejs/kit';
import { startLanguage } from '#lib/i18n/language.svelte.ts';

/** Nothing is shown before its texts are there. If they cannot be had, the page says so in all languages, and the app does not start. */
export const init: ClientInit = async () => {
  try {
    await startLanguage();
  } catch {
    const { body, documentElement } = document;
    delete documentElement.dataset['prerendered'];
    body.dataset['texts'] = 'missing';
    body.querySelector('.no-texts')?.removeAttribute('hidden');
    await new Promise(() => undefined);
  }
};
