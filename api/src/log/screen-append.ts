import { inspectUpdate } from '@trolley/shared/document';
import { limits, type Append, type WireError } from '@trolley/shared/protocol';
import { maxLogNumber } from './max-log-number.ts';

/** What can be said of an append without asking the database: the reason to refuse it, or null. Some 10 µs for the update of one tap. */
export function screenAppend({ epoch, update, isBulk }: Pick<Append, 'epoch' | 'update' | 'isBulk'>): WireError | null {
  if (epoch > maxLogNumber) return { code: 'epoch-ahead', message: 'No list has such an epoch.' };
  const maxBytes = isBulk === true ? limits.maxSnapshotBytes : limits.maxUpdateBytes;
  const inspection = inspectUpdate(update, maxBytes);
  if (inspection.ok) return null;
  return inspection.reason === 'too-large'
    ? { code: 'too-large', message: `The update has more than ${maxBytes} bytes.` }
    : { code: 'update-rejected', message: `The update was rejected: ${inspection.reason}.` };
}
