import { ListDocument } from '../document/index.ts';
import { applyUpdates } from './apply-updates.ts';
import type { StoredCopy } from './storage.ts';

/**
 * A document from what the phone has stored. The pieces are kept in the order of their arrival, and the outbox behind them.
 * `isComplete` is false when something could not be placed; then the log must be asked for from its beginning. Without a `clientId` it is only
 * to be read.
 */
export function restoreDocument(copy: StoredCopy, clientId?: number): { document: ListDocument; isComplete: boolean } {
  const { epoch } = copy.meta;
  const document = new ListDocument(clientId === undefined ? { epoch } : { epoch, clientId });
  const refused = applyUpdates(document, copy.updates, 'storage');
  return { document, isComplete: !refused.includes('gap') };
}
