import { languageKey } from '#lib/i18n/remember-language.ts';
import { profileKey } from './profile.ts';

/** Everything small that this app keeps beside its lists has a key that begins so. */
const prefix = 'trolley.';

/** What stays: who uses the phone now, and the language of the phone. */
const keptKeys: readonly string[] = [profileKey, languageKey];

/** Forgets names, links and habits that belong to whoever used this phone so far. */
export function forgetAllButProfile(): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix) && !keptKeys.includes(key)) localStorage.removeItem(key);
    }
  } catch {
    return;
  }
}
