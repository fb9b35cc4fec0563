import { formatAmountIn, fromMinute } from '@trolley/shared/document';
import type { BoughtItem, Trip } from '@trolley/shared/shopping';
import { amountStyle } from '#lib/list/amount-style.ts';
import * as m from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

const separator = ' · ';

/** When a trip ended: `Saturday, 21 November, 17:40`. */
export function tripDateText({ endedAt }: Trip): string {
  const format = new Intl.DateTimeFormat(getLocale(), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
  });
  return format.format(fromMinute(endedAt));
}

/** Where, how much and by whom: `Market · 12 items · by Ben`. What is not known is left out. */
export function tripDetailText({ store, items, moreCount }: Trip, name: string): string {
  const count = m.trip_items({ count: items.length + moreCount });
  const parts = [store ?? '', count, name === '' ? '' : m.trip_by({ name })];
  return parts.filter((part) => part !== '').join(separator);
}

/** How much of it; empty for one piece. */
export function boughtText({ amount }: BoughtItem): string {
  return formatAmountIn(amount, amountStyle);
}
