import { limits, TrolleyError } from '../../protocol/index.ts';
import type { ListDocument } from '../list-document.ts';
import type { Change } from '../model/change.ts';
import type { Author } from '../model/item.ts';
import { schemaVersion } from '../model/schema.ts';
import { tidyLine } from '../text/tidy-text.ts';
import { commit } from './commit.ts';

/** Begins a list in an empty document. Refuses an empty title with `bad-request`. */
export function createList(doc: ListDocument, title: string, author: Author): Change | null {
  return commit(
    doc,
    [
      { root: 'meta', key: 'v', value: schemaVersion },
      { root: 'meta', key: 'epoch', value: doc.epoch },
      { root: 'meta', key: 'title', value: tidyTitle(title) },
    ],
    author,
  );
}

/** Gives the list another title. Refuses an empty one with `bad-request`. */
export function renameList(doc: ListDocument, title: string, author: Author): Change | null {
  return commit(doc, [{ root: 'meta', key: 'title', value: tidyTitle(title) }], author);
}

function tidyTitle(title: string): string {
  const tidied = tidyLine(title, limits.maxTitleLength);
  if (tidied === '') throw new TrolleyError('bad-request', 'a list has a title');
  return tidied;
}
