/** Late enough not to be in the way of the first paint. */
const aheadMs = 2_000;

/** Everything that can lie over the list. It comes when it is first needed: a first visit is faster without it. */
export function loadSheets() {
  return import('./ListSheets.svelte');
}

/** What is offered above the empty add bar. */
export function loadUsualChips() {
  return import('./UsualChips.svelte');
}

/** What adds many things at once. */
export function loadAddMany() {
  return import('./add-many.ts');
}

/** What tells, after a while away, what others did. */
export function loadAwayCard() {
  return import('#lib/away/AwayCard.svelte');
}

/** Shopping mode, a screen of its own in the place of the list. */
export function loadShopping() {
  return import('#lib/shopping/ShoppingScreen.svelte');
}

/**
 * Fetches ahead of need what a list may need later, where no service worker keeps it on the phone, which is where there is no secure context:
 * the network may be gone when it is needed. Returns how to stop.
 */
export function fetchSheetsAhead(): () => void {
  if ('serviceWorker' in navigator) return () => undefined;
  const timer = setTimeout(() => void fetchRest().catch(() => undefined), aheadMs);
  return () => {
    clearTimeout(timer);
  };
}

async function fetchRest(): Promise<void> {
  const { fetchAll } = await import('./fetch-all.ts');
  await fetchAll();
}
