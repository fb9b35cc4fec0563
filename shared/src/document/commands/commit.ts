import type { ListDocument } from '../list-document.ts';
import type { Change, KeyWrite } from '../model/change.ts';
import type { Author } from '../model/item.ts';
import { toMinute } from '../model/minute.ts';

/** Writes as one edit and says what it changed, by whom and when. Null when there was nothing to change. */
export function commit(doc: ListDocument, writes: readonly KeyWrite[], author: Author): Change | null {
  const edit = doc.write(writes);
  return edit && { by: author.memberId, at: toMinute(author.nowMs), entries: edit.entries };
}
