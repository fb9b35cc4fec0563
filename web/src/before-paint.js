// Stands in the head of every page and runs before its first paint. `hooks.server.ts` puts it there, `vite.config.ts` allows it by its hash.
// The keys of the storage are written by `lib/i18n/remember-language.ts`, `lib/home/returning-visitor.ts` and `lib/account/theme.ts`.
(() => {
  const root = document.documentElement;
  const texts = JSON.parse(root.getAttribute('data-texts') ?? '{}');
  const wanted = [...navigator.languages];
  try {
    wanted.unshift(localStorage.getItem('trolley.language') ?? '');
    if (localStorage.getItem('trolley.returning') === 'yes') root.setAttribute('data-visitor', 'returning');
  } catch {
    // A browser that keeps nothing guesses the language and shows the welcome each time.
  }

  const prerendered = root.lang;
  const language = wanted.map((tag) => tag.replace(/-.*/, '')).find((code) => Object.hasOwn(texts, code));
  root.lang = language ?? prerendered;
  root.dir = root.lang === 'ar' ? 'rtl' : 'ltr';
  if (root.lang !== prerendered) root.setAttribute('data-prerendered', 'foreign');

  const isDark = matchMedia('(prefers-color-scheme: dark)');
  const isSharp = matchMedia('(prefers-contrast: more)');
  window.showTheme = () => {
    let chosen = null;
    try {
      chosen = localStorage.getItem('trolley.theme');
    } catch {
      // As the system wants it.
    }
    const theme = chosen === 'light' || chosen === 'dark' ? chosen : isDark.matches ? 'dark' : 'light';
    root.setAttribute('data-theme', theme);
    root.toggleAttribute('data-sharp', chosen === 'contrast' || isSharp.matches);
    document.querySelector('meta[name=theme-color]')?.setAttribute('content', theme === 'dark' ? '#131715' : '#faf8f3');
  };
  window.showTheme();
  // The bar of the browser is coloured by an element that comes after this script.
  document.addEventListener('DOMContentLoaded', window.showTheme);
  isDark.addEventListener('change', window.showTheme);
  isSharp.addEventListener('change', window.showTheme);
  addEventListener('storage', window.showTheme);

  // Before any script of the app is there: once it is, the answer to a request would wait for the first pause.
  window.earlyTexts = fetch(texts[root.lang])
    .then((response) => response.json())
    .catch(() => null);
})();
