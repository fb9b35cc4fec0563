import type { Item } from '@trolley/shared/document';
import type { MemberId } from '@trolley/shared/protocol';
import * as m from '#lib/paraglide/messages.js';
import type { Onlooker } from './item-text.ts';
import { timeText } from './time-text.ts';

/** In the details: who added it and when, and who put it in the trolley. */
export function historyText(item: Item, onlooker: Onlooker): readonly string[] {
  const { nowMs } = onlooker;
  const added = { name: nameOf(item.wantedBy, onlooker), time: timeText(item.wantedAt, nowMs) };
  const sentences = [added.name === null ? m.item_added(added) : m.item_added_by({ ...added, name: added.name })];
  if (item.isTicked && item.gotAt !== null) {
    const got = { name: nameOf(item.gotBy, onlooker), time: timeText(item.gotAt, nowMs) };
    sentences.push(got.name === null ? m.item_got(got) : m.item_got_by({ ...got, name: got.name }));
  }
  return sentences;
}

function nameOf(id: MemberId | null, { self, people }: Onlooker): string | null {
  if (id === null) return null;
  if (id === self) return m.common_you();
  const name = people.get(id)?.name ?? '';
  return name === '' ? null : name;
}
