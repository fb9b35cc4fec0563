import { formatAmount, fromMinute, type Item } from '@trolley/shared/document';
import type { MemberId, Person } from '@trolley/shared/protocol';
import * as m from '#lib/paraglide/messages.js';
import { timeText } from './time-text.ts';

/** Minutes for which a row says who added it: about as long as it is news. */
const newsMinutes = 12 * 60;
const minuteMs = 60_000;

/** Who looks at the list, at what time, and whom they know. */
export interface Onlooker {
  readonly self: MemberId;
  readonly people: ReadonlyMap<MemberId, Person>;
  readonly nowMs: number;
}

/** How much is wanted; empty for one piece. */
export function amountText(item: Item): string {
  return formatAmount(item.amount);
}

/** Under a row: who else wants it since when, as long as that is news. */
export function bylineText(item: Item, { self, people, nowMs }: Onlooker): string {
  const isNews = nowMs - fromMinute(item.wantedAt) < newsMinutes * minuteMs;
  const name = item.wantedBy === null || item.wantedBy === self ? undefined : people.get(item.wantedBy)?.name;
  if (item.isTicked || !isNews || name === undefined || name === '') return '';
  return m.list_added_by({ name, time: timeText(item.wantedAt, nowMs) });
}

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
