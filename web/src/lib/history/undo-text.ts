import { isItemId, type Change, type ListDocument } from '@trolley/shared/document';
import * as m from '#lib/paraglide/messages.js';
import type { Step } from './edit-history.ts';

/** What undoing or redoing has done, for the person who asked for it. `change` is null when there was nothing to do. */
export function undoText(step: Step, change: Change | null, document: ListDocument): string {
  if (change === null) return step === 'undo' ? m.undo_nothing() : m.redo_nothing();
  const ids = new Set(change.entries.filter(({ root }) => root !== 'meta').map(({ key }) => key));
  const [id] = ids;
  const name = ids.size === 1 && isItemId(id) ? document.entry(id)?.product.name : undefined;
  if (name !== undefined) return step === 'undo' ? m.undo_done_one({ name }) : m.redo_done_one({ name });
  return step === 'undo' ? m.undo_done() : m.redo_done();
}
