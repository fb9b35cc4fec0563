import { inspectUpdate, ListDocument, type GuardReason } from '@trolley/shared/document';
import { limits, type Append, type WireError } from '@trolley/shared/protocol';

/**
 * What can be said of an append without asking the database: the reason to refuse it, or null. Some 10 µs for the update of one tap. What
 * claims to be a whole document, to be allowed the size of one, must be one.
 */
export function screenAppend({ update, isBulk }: Pick<Append, 'update' | 'isBulk'>): WireError | null {
  const maxBytes = isBulk === true ? limits.maxSnapshotBytes : limits.maxUpdateBytes;
  const inspection = inspectUpdate(update, maxBytes);
  if (!inspection.ok) return refuse(inspection.reason, maxBytes);
  if (update.byteLength > limits.maxUpdateBytes && !isBulkDocument(update)) return refuse('gap', maxBytes);
  return null;
}

function refuse(reason: GuardReason, maxBytes: number): WireError {
  return reason === 'too-large'
    ? { code: 'too-large', message: `The update has more than ${maxBytes} bytes.` }
    : { code: 'update-rejected', message: `The update was rejected: ${reason}.` };
}

function isBulkDocument(update: Uint8Array): boolean {
  const document = new ListDocument();
  try {
    return document.apply(update, 'remote').applied;
  } finally {
    document.dispose();
  }
}
