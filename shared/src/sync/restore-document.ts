import { ListDocument } from '../document/index.ts';
import type { StoredCopy } from './storage.ts';

/**
 * A document from what the phone has stored. The pieces are kept in the order of their arrival, and the outbox behind them: an update of
 * somebody else may build on an own one that is stored later, so what comes too early is tried again until nothing moves any more.
 * `isComplete` is false when something could not be placed; then the log must be asked for from its beginning. Without a `clientId` it is only
 * to be read.
 */
export function restoreDocument(copy: StoredCopy, clientId?: number): { document: ListDocument; isComplete: boolean } {
  const { epoch } = copy.meta;
  const document = new ListDocument(clientId === undefined ? { epoch } : { epoch, clientId });
  let waiting = copy.updates;
  for (;;) {
    const early = waiting.filter((update) => {
      const result = document.apply(update, 'storage');
      return !result.applied && result.reason === 'gap';
    });
    if (early.length === 0 || early.length === waiting.length) return { document, isComplete: early.length === 0 };
    waiting = early;
  }
}
