import { ListDocument } from '../document/index.ts';
import { applyUpdates } from './apply-updates.ts';
import type { StoredCopy, StoredList } from './storage.ts';

/** As much of a stored copy as makes a document, and says where in the log that stands. */
export interface DocumentCopy extends Pick<StoredCopy, 'updates'> {
  readonly meta: Pick<StoredList, 'log' | 'epoch' | 'cursor'>;
}

/**
 * A document from what the phone has stored. The pieces are kept in the order of their arrival, and the outbox behind them.
 * `isComplete` is false when something could not be placed; then the log must be asked for from its beginning. Without a `clientId` it is only
 * to be read.
 */
export function restoreDocument(
  copy: DocumentCopy,
  clientId?: number,
): { document: ListDocument; isComplete: boolean } {
  const { epoch } = copy.meta;
  const document = new ListDocument(clientId === undefined ? { epoch } : { epoch, clientId });
  const refused = applyUpdates(document, copy.updates, 'storage');
  return { document, isComplete: !refused.includes('gap') };
}
