/** Read by `src/before-paint.js`. It belongs to the phone, not to whoever is signed in on it. */
const storageKey = 'trolley.theme';

export const themes = ['system', 'light', 'dark', 'contrast'] as const;

/** How the app looks. `contrast` is light or dark as the system is. */
export type Theme = (typeof themes)[number];

export function isTheme(value: string): value is Theme {
  return themes.some((theme) => theme === value);
}

export function chosenTheme(): Theme {
  try {
    const stored = localStorage.getItem(storageKey) ?? '';
    return isTheme(stored) ? stored : 'system';
  } catch {
    return 'system';
  }
}

/** Shows a theme at once, and remembers it. A browser that keeps nothing goes on as the system does. */
export function chooseTheme(theme: Theme): void {
  try {
    if (theme === 'system') localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, theme);
  } catch {
    return;
  }
  window.showTheme?.();
}
