import { categoryIds, type CategoryId, type Item, type ItemId } from '@trolley/shared/document';
import { keepList } from './keep-list.ts';

/** Items of one category that are shown as still to buy. */
export interface Section {
  readonly category: CategoryId;
  readonly items: readonly Item[];
}

/** What a list shows, in the order in which it shows it. */
export interface Arrangement {
  readonly sections: readonly Section[];
  /** Ticked items, the latest first. */
  readonly trolley: readonly Item[];
  readonly toBuy: number;
  readonly ticked: number;
}

export const emptyArrangement: Arrangement = { sections: [], trolley: [], toBuy: 0, ticked: 0 };

/**
 * Sorts items, given in list order, into sections and trolley. `held` names items that stay on the side they were on (true: in the
 * trolley) although their tick has just changed. Sections and lists that come out as in `previous` are the same objects, so that a screen
 * can tell what it need not look at again.
 */
export function arrange(
  items: readonly Item[],
  held: ReadonlyMap<ItemId, boolean>,
  previous: Arrangement = emptyArrangement,
): Arrangement {
  const byCategory = new Map<CategoryId, Item[]>();
  const trolley: Item[] = [];
  let ticked = 0;
  for (const item of items) {
    if (item.isTicked) ticked += 1;
    if (held.get(item.id) ?? item.isTicked) {
      trolley.push(item);
      continue;
    }
    const members = byCategory.get(item.category);
    if (members === undefined) byCategory.set(item.category, [item]);
    else members.push(item);
  }
  trolley.sort((a, b) => (b.gotAt ?? 0) - (a.gotAt ?? 0));
  return {
    sections: keepSections(byCategory, previous.sections),
    trolley: keepList(trolley, previous.trolley),
    toBuy: items.length - ticked,
    ticked,
  };
}

/** The first `count` rows of an arrangement, as far as they go: what a screen can show before it shows the rest. */
export function firstRows(arrangement: Arrangement, count: number): Arrangement {
  let left = count;
  const take = (items: readonly Item[]) => {
    const taken = items.length <= left ? items : items.slice(0, left);
    left -= taken.length;
    return taken;
  };
  const sections = arrangement.sections.flatMap((section) => {
    const items = take(section.items);
    if (items.length === 0) return [];
    return items === section.items ? [section] : [{ ...section, items }];
  });
  return { ...arrangement, sections, trolley: take(arrangement.trolley) };
}

function keepSections(byCategory: ReadonlyMap<CategoryId, Item[]>, previous: readonly Section[]): readonly Section[] {
  const sections = categoryIds.flatMap((category) => {
    const items = byCategory.get(category);
    if (items === undefined) return [];
    const before = previous.find((section) => section.category === category);
    return before?.items === keepList(items, before?.items) ? [before] : [{ category, items }];
  });
  return keepList(sections, previous);
}
