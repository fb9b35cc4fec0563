import type { ListDocument } from '@trolley/shared/document';
import { currentLanguage } from '#lib/i18n/language.svelte.ts';
import type { Groceries } from './groceries.ts';

/** Late enough not to be in the way of the first paint. */
const aheadMs = 2_000;

/** The groceries in the language of the screen: none until they are loaded, and where they cannot be had. */
export class GroceriesSource {
  /** Reactive: suggestions that are on show are completed when the catalogue comes. */
  current: Groceries | null = $state.raw(null);

  /** Loads them ahead of the first letter that is typed, and gets to know the list. */
  loadAhead(document: () => ListDocument): void {
    const getReady = async () => {
      const [groceries, { warmUp }] = [await this.load({ isAhead: true }), await import('./warm-up.ts')];
      await warmUp(document(), groceries);
    };
    // Without a network it is not ready, and the first letter takes longer.
    setTimeout(() => void getReady().catch(() => undefined), aheadMs);
  }

  /** Loads them unless they are here. Never rejects: null when they cannot be had now; the next call tries again. */
  async load({ isAhead = false } = {}): Promise<Groceries | null> {
    try {
      const { loadGroceries } = await import('./load-groceries.ts');
      this.current = await loadGroceries(currentLanguage(), { isAhead });
    } catch {
      return null;
    }
    return this.current;
  }
}
