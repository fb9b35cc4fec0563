import type { KeyValues } from '../epoch/key-values.ts';
import { shoppingBounds } from './bounds.ts';
import { readTrip, tripTextLength, type Trip } from './trip.ts';

/**
 * Past trips, the latest first. Two people who finish one trip at the same moment both record it: what the earlier record has is not told
 * again in the later one, and a record that then says nothing is left out.
 */
export function readTrips(doc: KeyValues): readonly Trip[] {
  const told = new Set<string>();
  const trips = soundTrips(doc).map(({ trip }) => {
    const items = trip.items.filter(({ name, gotAt }) => !told.has(`${gotAt} ${name}`));
    for (const { name, gotAt } of items) told.add(`${gotAt} ${name}`);
    return { ...trip, items };
  });
  return trips.filter(({ items, moreCount }) => items.length + moreCount > 0).reverse();
}

/** Ids of the trips that a document keeps, the latest, in no particular order. `more` is the text of one that is about to be added. */
export function keptTripIds(doc: KeyValues, more?: number): ReadonlySet<string> {
  const kept = new Set<string>();
  let length = more ?? 0;
  let count = more === undefined ? 0 : 1;
  for (const { trip, textLength } of soundTrips(doc).reverse()) {
    length += textLength;
    count += 1;
    const isLatest = count === 1;
    if (!isLatest && (count > shoppingBounds.maxTrips || length > shoppingBounds.maxTripsTextLength)) break;
    kept.add(trip.id);
  }
  return kept;
}

/** By time, then by id. */
function soundTrips(doc: KeyValues): { trip: Trip; textLength: number }[] {
  return [...doc.keys('trip')]
    .flatMap((id) => {
      const value = doc.read('trip', id);
      const trip = readTrip(id, value);
      return trip === null ? [] : { trip, textLength: tripTextLength(value) };
    })
    .sort(({ trip: a }, { trip: b }) => a.endedAt - b.endedAt || (a.id < b.id ? -1 : 1));
}
