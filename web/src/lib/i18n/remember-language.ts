/** Read by `src/before-paint.js`. It belongs to the phone, not to whoever is signed in on it. */
export const languageKey = 'trolley.language';

export function rememberLanguage(language: string): void {
  try {
    localStorage.setItem(languageKey, language);
  } catch {
    return;
  }
}
