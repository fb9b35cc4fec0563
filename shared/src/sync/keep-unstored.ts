import type { UnstoredEdits } from './storage.ts';

/** Memory that is written when the call returns, as a browser's `localStorage` is. Any call may throw. */
export type Notes = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

export const unstoredKey = 'trolley.unstored';

/**
 * Writes down the edits of a page that goes before the phone's storage has them: of IndexedDB a browser gives up what waits behind another
 * transaction of that page. Where that is refused too, nothing is kept. `takeUnstored` reads it at the next start.
 */
export function keepUnstored(notes: Notes | null, edits: UnstoredEdits): void {
  if (edits.size === 0) return;
  const rows = [...edits].map(([edit, list]) => ({ ...edit, list, update: [...edit.update] }));
  try {
    // Another tab may have gone in the same moment.
    notes?.setItem(unstoredKey, `${notes.getItem(unstoredKey) ?? ''}${JSON.stringify(rows)}\n`);
  } catch {
    return;
  }
}
