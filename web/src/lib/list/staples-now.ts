import type { ListDocument, Product } from '@trolley/shared/document';
import type { ListState } from './list-state.svelte.ts';

/** How many staples are not on the list. */
export function missingStaples(document: ListDocument): number {
  return staples(document).filter(isMissing).length;
}

/** All staples, those that are missing first; reactive. */
export function staplesNow(list: ListState): readonly Product[] {
  return staples(list.live).sort((a, b) => Number(isMissing(b)) - Number(isMissing(a)) || a.name.localeCompare(b.name));
}

function staples(document: ListDocument): Product[] {
  return document.products().filter(({ isStaple }) => isStaple);
}

function isMissing({ wantedAt }: Product): boolean {
  return wantedAt === null;
}
