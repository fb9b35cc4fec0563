import type { ListDocument } from '../document/index.ts';

/** Applies an update, and says whether the document is another since. One that does not fit is no news. */
export function bringsNews(document: ListDocument, update: Uint8Array): boolean {
  const before = document.encode();
  document.apply(update, 'remote');
  const after = document.encode();
  return before.length !== after.length || before.some((byte, position) => byte !== after[position]);
}
