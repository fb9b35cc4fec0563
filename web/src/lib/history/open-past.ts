import { ListDocument, type Item } from '@trolley/shared/document';
import { TrolleyError } from '@trolley/shared/protocol';
import type { PastDocument } from './history-api.ts';

/** What was on the list, to be looked at. What the guard refuses is no document: `internal`. */
export function openPast({ epoch, update }: PastDocument): readonly Item[] {
  const document = new ListDocument({ epoch });
  try {
    const result = document.apply(update, 'remote');
    if (!result.applied) throw new TrolleyError('internal', `the past was refused: ${result.reason}`);
    return document.view.items;
  } finally {
    document.dispose();
  }
}
