import { commit } from '../commands/commit.ts';
import type { ListDocument } from '../list-document.ts';
import type { Change, KeyWrite } from '../model/change.ts';
import { hashedId, type ItemId } from '../model/item-id.ts';
import type { Author, Item } from '../model/item.ts';
import { toMinute } from '../model/minute.ts';
import { readAisles } from './aisles.ts';
import { learnWalk } from './learn-walk.ts';
import { readItemStores, readStores } from './read-stores.ts';
import { keptTripIds } from './read-trips.ts';
import type { StoreId } from './store-id.ts';
import { anyStore } from './store.ts';
import { tripTextLength, writeTrip } from './trip.ts';

/** One trip to a store, as the phone that ends it has seen it. */
export interface FinishedTrip {
  /** Null when nobody said where. */
  readonly store: StoreId | null;
  /** What this person ticked themselves, in that order: it teaches the way through the store. */
  readonly ticked: readonly ItemId[];
}

/** Fewer ticks than this say nothing about a shop. */
const minTicks = 3;

/**
 * Takes what was got off the list and records it as a trip: one edit, and one to take back. What is only bought at other stores stays where it
 * is, ticked or not. Null when nothing was got.
 */
export function finishShopping(doc: ListDocument, { store, ticked }: FinishedTrip, author: Author): Change | null {
  const stores = readStores(doc);
  const itemStores = readItemStores(doc, stores);
  const isHere = ({ id }: Item) => store === null || (itemStores.get(id)?.includes(store) ?? true);
  const got = doc.view.items.filter((item) => item.isTicked && isHere(item)).sort(byTick(ticked));
  if (got.length === 0) return null;
  const endedAt = Math.max(toMinute(author.nowMs), ...got.map(({ gotAt }) => gotAt ?? 0));
  const value = writeTrip({
    endedAt,
    by: author.memberId,
    store: stores.find(({ id }) => id === store)?.name ?? null,
    items: got.map((item) => ({ name: item.name, amount: item.amount, gotAt: item.gotAt ?? endedAt })),
    moreCount: 0,
  });
  const kept = keptTripIds(doc, tripTextLength(value));
  const tooOld = [...doc.keys('trip')].filter((id) => !kept.has(id));
  return commit(
    doc,
    [
      ...got.map(({ id }): KeyWrite => ({ root: 'w', key: id, value: null })),
      ...tooOld.map((key): KeyWrite => ({ root: 'trip', key, value: null })),
      { root: 'trip', key: freeTripId(doc, `${author.memberId} ${endedAt}`), value },
      ...learnt(doc, store ?? anyStore, ticked),
    ],
    author,
  );
}

/** By minute; within one, as this phone saw it. */
function byTick(ticked: readonly ItemId[]): (a: Item, b: Item) => number {
  return (a, b) => (a.gotAt ?? 0) - (b.gotAt ?? 0) || ticked.indexOf(a.id) - ticked.indexOf(b.id);
}

/** Where somebody has put the aisles in order, their order stands. */
function learnt(doc: ListDocument, store: StoreId, ticked: readonly ItemId[]): KeyWrite[] {
  const { order, from } = readAisles(doc, store);
  const categories = ticked.flatMap((id) => doc.item(id)?.category ?? []);
  if (from === 'own' || categories.length < minTicks || new Set(categories).size < 2) return [];
  return [{ root: 'walk', key: store, value: learnWalk(order, from === 'learnt', categories) }];
}

/** The client id tells two phones of one person apart that finish in the same minute. */
function freeTripId(doc: ListDocument, name: string): string {
  for (let probe = 0; ; probe++) {
    const id = hashedId(`trip ${name} ${doc.clientId}#${probe}`);
    if (doc.read('trip', id) === undefined) return id;
  }
}
