import { ListDocument } from '@trolley/shared/document';
import type { ListId } from '@trolley/shared/protocol';
import type { MemoryLog } from '@trolley/shared/testing';

/**
 * A list as the log has it, and what does not fit: an update may have overtaken what it builds on, but not for good. Null when the log does not
 * have the list.
 */
export function readLog({ list, store }: { list: ListId; store: MemoryLog }): {
  document: ListDocument;
  leftOut: readonly Uint8Array[];
} | null {
  if (!store.has(list)) return null;
  const document = new ListDocument();
  let waiting: readonly Uint8Array[] = store.current(list);
  for (let isProgress = true; isProgress;) {
    const before = waiting;
    waiting = before.filter((update) => !document.apply(update, 'remote').applied);
    isProgress = waiting.length > 0 && waiting.length < before.length;
  }
  return { document, leftOut: waiting };
}
