import type { MemberId } from '@trolley/shared/protocol';
import * as m from '#lib/paraglide/messages.js';
import type { AwayNews } from './away-news.ts';

/** So many things are named; the others are counted. */
const maxNamed = 3;

/** One sentence for each kind of news. `nameOf` is how people are called here. */
export function awayText(
  { people, changed, removed }: AwayNews,
  nameOf: (by: MemberId | null) => string,
  locale: string,
): readonly string[] {
  const told = (names: readonly string[]) => listThings(names, locale);
  return [
    ...people.flatMap(({ by, added, got }) => [
      ...(added.length === 0 ? [] : [m.away_added({ name: nameOf(by), things: told(added) })]),
      ...(got.length === 0 ? [] : [m.away_got({ name: nameOf(by), things: told(got) })]),
    ]),
    ...(changed.length === 0 ? [] : [m.away_changed({ things: told(changed) })]),
    ...(removed.length === 0 ? [] : [m.away_removed({ things: told(removed) })]),
  ];
}

/** What left the list all at once. */
export function goneText(gone: readonly { readonly name: string }[], locale: string): readonly string[] {
  return gone.length === 0
    ? []
    : [
        listThings(
          gone.map(({ name }) => name),
          locale,
        ),
      ];
}

/** `milk, bread and 3 more`. One more is named rather than counted. */
function listThings(names: readonly string[], locale: string): string {
  const isLong = names.length > maxNamed + 1;
  const named = isLong ? names.slice(0, maxNamed) : names;
  const parts = isLong ? [...named, m.away_more({ count: names.length - maxNamed })] : named;
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(parts);
}
