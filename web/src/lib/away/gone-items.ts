import { lastGot, toMinute, type ListDocument, type PastItem } from '@trolley/shared/document';
import type { MemberId } from '@trolley/shared/protocol';
import { readTrips } from '@trolley/shared/shopping';
import type { ShownItem } from './away-news.ts';

/** What somebody else ticked so shortly before it went is taken for one mishap with that: it comes back to buy. */
const mishapMinutes = 5;

interface Onlooker {
  readonly self: MemberId;
  readonly nowMs: number;
}

/**
 * Which of these have left the list, but for what somebody bought on a trip that they finished. As they are to come back: as they were here
 * last, some minutes before they went.
 */
export function goneItems(
  before: readonly ShownItem[],
  document: ListDocument,
  onlooker: Onlooker,
): readonly ShownItem[] {
  const gone = before.filter(({ id }) => document.item(id) === undefined);
  if (gone.length === 0) return [];
  const trips = readTrips(document);
  const isBought = ({ name, wantedAt }: ShownItem) =>
    trips.some(
      (trip) => trip.endedAt >= wantedAt && (trip.moreCount > 0 || trip.items.some((item) => item.name === name)),
    );
  return gone
    .filter((item) => !isBought(item))
    .map((item) => ({ ...item, isTicked: item.isTicked && !wasJustGot(item, document, onlooker) }));
}

/** What of it is still gone, as it is brought back. */
export function toBringBack(gone: readonly ShownItem[], document: ListDocument): readonly PastItem[] {
  return gone
    .filter(({ id }) => document.item(id) === undefined)
    .map((item) => ({ ...item, category: document.entry(item.id)?.product.category ?? 'other' }));
}

function wasJustGot({ id }: ShownItem, document: ListDocument, { self, nowMs }: Onlooker): boolean {
  const got = lastGot(document, id);
  return got !== null && got.by !== self && got.at >= toMinute(nowMs) - mishapMinutes;
}
