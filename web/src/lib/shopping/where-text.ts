import { categoryWord } from '#lib/list/category-word.ts';
import * as m from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { Whereabouts } from './claims.ts';

const separator = ' · ';

/** What somebody does with the list right now: `Shopping at Market · Takes bakery and dairy`. */
export function whereText({ shopping, item }: Whereabouts): string {
  const parts: string[] = [];
  if (shopping !== null) {
    parts.push(shopping.store === null ? m.here_shopping() : m.here_shopping_at({ store: shopping.store }));
    const sections = shopping.claims.map((category) => categoryWord(category));
    if (sections.length > 0) parts.push(m.here_takes({ sections: new Intl.ListFormat(getLocale()).format(sections) }));
  }
  if (item !== null) parts.push(m.here_editing({ name: item }));
  return parts.length === 0 ? m.here_list() : parts.join(separator);
}
