// Stands in the head of every page and runs before its first paint. `hooks.server.ts` puts it there, `vite.config.ts` allows it by its hash.
// The keys of the storage are written by `lib/i18n/remember-language.ts` and `lib/home/returning-visitor.ts`.
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

  // Before any script of the app is there: once it is, the answer to a request would wait for the first pause.
  window.earlyTexts = fetch(texts[root.lang])
    .then((response) => response.json())
    .catch(() => null);
})();
