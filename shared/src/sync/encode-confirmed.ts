import { restoreDocument } from './restore-document.ts';
import type { StoredCopy } from './storage.ts';

/** A copy's document without what waits in the outbox. Null when something that it builds on is missing. */
export function encodeConfirmed(copy: StoredCopy): Uint8Array | null {
  const { document, isComplete } = restoreDocument({ ...copy, updates: copy.updates.slice(0, copy.confirmedCount) });
  const confirmed = isComplete ? document.encode() : null;
  document.dispose();
  return confirmed;
}
