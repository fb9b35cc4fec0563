import type { Moment } from './history-api.ts';

const minuteMs = 60_000;

/** Moments of one day, the latest first. */
interface Day {
  readonly name: string;
  readonly moments: readonly { readonly moment: Moment; readonly index: number; readonly time: string }[];
}

/** Groups moments, given the latest first, by the days of this phone's calendar. `index` is the place among all of them. */
export function byDay(moments: readonly Moment[], locale: string): readonly Day[] {
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  const days = new Map<string, Day['moments'][number][]>();
  for (const [index, moment] of moments.entries()) {
    const begin = beginOf(moment);
    const name = day.format(begin);
    const told = { moment, index, time: time.format(begin) };
    const known = days.get(name);
    if (known === undefined) days.set(name, [told]);
    else known.push(told);
  }
  return [...days].map(([name, ofDay]) => ({ name, moments: ofDay }));
}

/** Day and time of a moment: `Saturday 21 November at 14:05`. */
export function momentText(moment: Moment, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
  });
  return format.format(beginOf(moment));
}

/** People call a minute by its begin. */
function beginOf(moment: Moment): number {
  return Math.floor((moment.at - 1) / minuteMs) * minuteMs;
}
