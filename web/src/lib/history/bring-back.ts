import { bringBackItems, type Change, type PastItem } from '@trolley/shared/document';
import type { OpenScreen } from '#lib/list/open-screen.ts';

/** Makes items of the past as they were. Null when all are so already. Throws `too-large` when the list has no room for them. */
export function bringBack({ list, author }: OpenScreen, items: readonly PastItem[]): Change | null {
  return bringBackItems(list.document, items, author());
}
