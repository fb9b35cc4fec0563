import type { ListDocument } from '../list-document.ts';
import type { Amount } from '../model/amount.ts';
import type { KeyWrite } from '../model/change.ts';
import type { ItemId } from '../model/item-id.ts';
import type { Author } from '../model/item.ts';
import type { Item } from '../model/item.ts';
import { maxMinute, toMinute } from '../model/minute.ts';
import { gapsAfter } from '../model/rhythm.ts';
import { readGot, writeGot, writeWanted } from '../model/schema.ts';

/**
 * The writes that want an item: its stamp is later than the last `got`, so that it is to buy whatever this phone's clock says.
 * At the very end of the range there is no later stamp; then the `got` is taken away instead.
 */
export function wantWrites(doc: ListDocument, id: ItemId, amount: Amount, author: Author): KeyWrite[] {
  const got = readGot(doc.read('g', id));
  const now = toMinute(author.nowMs);
  const at = got === null ? now : Math.min(Math.max(now, got.at + 1), maxMinute);
  const want: KeyWrite = { root: 'w', key: id, value: writeWanted({ at, by: author.memberId, amount }) };
  return got !== null && got.at >= at ? [want, { root: 'g', key: id, value: null }] : [want];
}

/** The write that ticks an item: its stamp is no earlier than the want. What is known of earlier purchases goes along. */
export function gotWrite(doc: ListDocument, item: Pick<Item, 'id' | 'wantedAt'>, author: Author): KeyWrite {
  const at = Math.max(toMinute(author.nowMs), item.wantedAt);
  const gaps = gapsAfter(readGot(doc.read('g', item.id)), at);
  return { root: 'g', key: item.id, value: writeGot({ at, by: author.memberId, gaps }) };
}
