import { limits } from '../../protocol/index.ts';
import type { Entry } from '../entry.ts';
import type { ListDocument } from '../list-document.ts';
import type { Change } from '../model/change.ts';
import type { ItemId } from '../model/item-id.ts';
import type { Author } from '../model/item.ts';
import { commit } from './commit.ts';
import { relistWrites } from './relist.ts';

/** Staples that are not on the list, in its order as far as they have a place. */
export function missingStaples(doc: ListDocument): readonly Entry[] {
  return [...doc.entries()].filter(isMissing).sort((a, b) => comparePlaces(a, b));
}

/** Wants all staples that are not on the list, as one edit; as many as fit. Null when none is missing. */
export function addStaples(doc: ListDocument, author: Author): { added: readonly ItemId[]; change: Change | null } {
  const entries = missingStaples(doc).slice(0, Math.max(0, limits.maxItems - doc.listed.length));
  const change = commit(
    doc,
    entries.flatMap((entry) => relistWrites(doc, entry, null, author)),
    author,
  );
  return { added: entries.map(({ product }) => product.id), change };
}

function isMissing({ product, item, isHidden }: Entry): boolean {
  return product.isStaple && !isHidden && item === null;
}

function comparePlaces(a: Entry, b: Entry): number {
  const [placeA, placeB] = [a.order ?? '~', b.order ?? '~'];
  if (placeA === placeB) return a.product.id < b.product.id ? -1 : 1;
  return placeA < placeB ? -1 : 1;
}
