import { limits, TrolleyError } from '../../protocol/index.ts';
import type { ListDocument } from '../list-document.ts';
import type { Change, KeyWrite } from '../model/change.ts';
import type { Author } from '../model/item.ts';
import { firstEmoji, type ListLook } from '../model/list-look.ts';
import { schemaVersion } from '../model/schema.ts';
import { tidyLine } from '../text/tidy-text.ts';
import { commit } from './commit.ts';

/** Begins a list in an empty document. Refuses an empty title with `bad-request`. */
export function createList(
  doc: ListDocument,
  title: string,
  author: Author,
  look: Partial<ListLook> = {},
): Change | null {
  return commit(
    doc,
    [
      { root: 'meta', key: 'v', value: schemaVersion },
      { root: 'meta', key: 'epoch', value: doc.epoch },
      { root: 'meta', key: 'title', value: tidyTitle(title) },
      ...lookWrites(look),
    ],
    author,
  );
}

/** Gives the list another title. Refuses an empty one with `bad-request`. */
export function renameList(doc: ListDocument, title: string, author: Author): Change | null {
  return commit(doc, [{ root: 'meta', key: 'title', value: tidyTitle(title) }], author);
}

/** Sets what is given of a list's colour and emoji, each by itself; null and no emoji take it away. */
export function setListLook(doc: ListDocument, look: Partial<ListLook>, author: Author): Change | null {
  return commit(doc, lookWrites(look), author);
}

function lookWrites({ color, emoji }: Partial<ListLook>): KeyWrite[] {
  const writes: KeyWrite[] = [];
  if (color !== undefined) writes.push({ root: 'meta', key: 'color', value: color });
  if (emoji !== undefined) writes.push({ root: 'meta', key: 'emoji', value: firstEmoji(emoji) || null });
  return writes;
}

function tidyTitle(title: string): string {
  const tidied = tidyLine(title, limits.maxTitleLength);
  if (tidied === '') throw new TrolleyError('bad-request', 'a list has a title');
  return tidied;
}
