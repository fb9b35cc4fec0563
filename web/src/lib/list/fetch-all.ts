import { loadAddMany, loadAwayCard, loadSheets, loadShopping, loadUsualChips } from './load-sheets.ts';
import { rareSheets } from './rare-sheets.ts';

/** Fetches all that a list may need later. Rejects where one file cannot be had. */
export async function fetchAll(): Promise<void> {
  await Promise.all([
    loadSheets(),
    loadUsualChips(),
    loadAddMany(),
    loadShopping(),
    loadAwayCard(),
    ...Object.values(rareSheets).map((load) => load()),
    import('#lib/history/edit-history.ts'),
    import('#lib/journal/journal-keeper.ts'),
    import('#lib/shopping/StoreChoice.svelte'),
  ]);
}
