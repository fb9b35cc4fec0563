import type { ListDocument } from '@trolley/shared/document';
import { currentLanguage } from '#lib/i18n/language.svelte.ts';
import type { Groceries } from './groceries.ts';

/** Late enough not to be in the way of the first paint. */
const aheadMs = 2_000;

/** The groceries for a list, in the language of the screen: none until they are loaded and know the list, and where they cannot be had. */
export class GroceriesSource {
  readonly #document: () => ListDocument;

  /** Reactive: suggestions that are on show are completed when the catalogue comes. */
  current: Groceries | null = $state.raw(null);

  constructor(document: () => ListDocument) {
    this.#document = document;
  }

  /** Loads them ahead of the first letter that is typed. Without a network they are not ready, and the first letter takes longer. */
  loadAhead(): void {
    setTimeout(() => void this.load({ isAhead: true }), aheadMs);
  }

  /** Loads them unless they are here. Never rejects: null when they cannot be had now; the next call tries again. */
  async load({ isAhead = false } = {}): Promise<Groceries | null> {
    try {
      const { loadGroceries } = await import('./load-groceries.ts');
      this.current = await loadGroceries(currentLanguage(), this.#document(), { isAhead });
    } catch {
      return null;
    }
    return this.current;
  }
}
