import { formatAmountIn, fromMinute, type Item } from '@trolley/shared/document';
import type { MemberId, Person } from '@trolley/shared/protocol';
import * as m from '#lib/paraglide/messages.js';
import { amountStyle } from './amount-style.ts';
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
  return formatAmountIn(item.amount, amountStyle);
}

/** Under a row: who else wants it since when, as long as that is news. */
export function bylineText(item: Item, { self, people, nowMs }: Onlooker): string {
  const isNews = nowMs - fromMinute(item.wantedAt) < newsMinutes * minuteMs;
  const name = item.wantedBy === null || item.wantedBy === self ? undefined : people.get(item.wantedBy)?.name;
  if (item.isTicked || !isNews || name === undefined || name === '') return '';
  return m.list_added_by({ name, time: timeText(item.wantedAt, nowMs) });
}
