import { profileKey } from './profile.ts';

/** Everything small that this app keeps beside its lists has a key that begins so. */
const prefix = 'trolley.';

/** Forgets names, links and habits that belong to whoever used this phone so far. */
export function forgetAllButProfile(): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix) && key !== profileKey) localStorage.removeItem(key);
    }
  } catch {
    return;
  }
}
