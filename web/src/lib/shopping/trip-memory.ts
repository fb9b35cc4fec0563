import { isItemId, type ItemId } from '@trolley/shared/document';
import type { ListId } from '@trolley/shared/protocol';
import * as v from 'valibot';
import { isStoreId, type StoreId } from '@trolley/shared/shopping';

/** What a phone remembers of a trip while it lasts, also when the page is closed in a pocket. */
export interface TripMemory {
  readonly store: StoreId | null;
  /** What was ticked on this phone, in that order. */
  readonly ticked: readonly ItemId[];
}

export const noTrip: TripMemory = { store: null, ticked: [] };

/** The trip after a tick, or after one was taken back: what is ticked again counts where it was ticked last. */
export function noteTick(trip: TripMemory, id: ItemId, isTicked: boolean): TripMemory {
  const others = trip.ticked.filter((other) => other !== id);
  return { ...trip, ticked: isTicked ? [...others, id] : others };
}

/** The trip that a list was left in; none where nothing sound is remembered. */
export function readTripMemory(storage: Pick<Storage, 'getItem'>, list: ListId): TripMemory {
  try {
    return parseTrip(JSON.parse(storage.getItem(keyOf(list)) ?? 'null'));
  } catch {
    return noTrip;
  }
}

/** Remembers a trip. A browser that refuses costs the order of ticks after a reload, nothing else. */
export function writeTripMemory(storage: Pick<Storage, 'setItem'>, list: ListId, trip: TripMemory): void {
  try {
    storage.setItem(keyOf(list), JSON.stringify([trip.store, ...trip.ticked]));
  } catch {
    return;
  }
}

const tripSchema = v.array(v.unknown());

function parseTrip(value: unknown): TripMemory {
  const [store, ...ticked] = v.parse(tripSchema, value ?? []);
  return { store: isStoreId(store) ? store : null, ticked: ticked.filter(isItemId) };
}

function keyOf(list: ListId): string {
  return `trolley.trip.${list}`;
}
