import { describe, expect, it } from 'vitest';
import { addItem } from '../commands/add-item.ts';
import { removeItem } from '../commands/remove-items.ts';
import { tickItem } from '../commands/tick-item.ts';
import { anna, ben, idOf, phone } from '../fixtures/family.ts';
import type { ListDocument } from '../list-document.ts';
import type { Change } from '../model/change.ts';
import { readAisles } from '../shopping/aisles.ts';
import { finishShopping } from '../shopping/finish-shopping.ts';
import { readItemStores, readStores } from '../shopping/read-stores.ts';
import { readTrips } from '../shopping/read-trips.ts';
import { addStore, moveAisle, removeStore, renameStore, setItemStore } from '../shopping/store-commands.ts';
import { storeIdOf } from '../shopping/store.ts';
import { undoChange } from '../undo/undo-change.ts';
import { carryOver } from './carry-over.ts';
import { keepValues } from './key-values.ts';
import { seedEpoch } from './seed-epoch.ts';

const lidl = storeIdOf('Lidl');
const week = 7 * 24 * 60;

/** Milk at Lidl, one trip, the pets first. */
function kitchen(): ListDocument {
  const doc = phone(1);
  addItem(doc, { name: 'Milk', category: 'dairy' }, anna());
  addItem(doc, { name: 'Soap', category: 'care' }, anna());
  addStore(doc, 'Lidl', anna());
  addStore(doc, 'Market', anna());
  setItemStore(doc, idOf(doc, 'Milk'), lidl, true, anna());
  moveAisle(doc, lidl, 'pets', null, anna());
  shop(doc, 'Milk', 10);
  return doc;
}

function shop(doc: ListDocument, name: string, minute: number): Change | null {
  const { id } = addItem(doc, { name }, anna(minute));
  tickItem(doc, id, anna(minute));
  return finishShopping(doc, { store: lidl, ticked: [id] }, anna(minute));
}

function shown(doc: ListDocument) {
  const stores = readStores(doc);
  return {
    stores: stores.map(({ name }) => name).sort(),
    milk: readItemStores(doc, stores).get(idOf(doc, 'Milk')) ?? [],
    first: readAisles(doc, lidl).order[0],
    trips: readTrips(doc).flatMap(({ items }) => items.map(({ name }) => name)),
  };
}

/** What an edit that was made in a sealed epoch comes to in the next. */
function carried(late: (doc: ListDocument) => void, meanwhile: (doc: ListDocument) => void = () => undefined) {
  const sealed = kitchen();
  const next = seedEpoch(sealed, 1, { nowMs: anna(week).nowMs, clientId: 2 });
  const merged = phone(3, sealed.encode());
  late(merged);
  meanwhile(next);
  const updates = carryOver({ before: keepValues(sealed), after: keepValues(merged) }, next);
  expect(
    phone(4, next.encode())
      .applyAll(updates, 'remote')
      .every(({ applied }) => applied),
  ).toBe(true);
  return shown(next);
}

const unchanged = { stores: ['Lidl', 'Market'], milk: [lidl], first: 'pets', trips: ['Milk'] };

describe('epochs and shopping', () => {
  it('D6 a seed has stores, aisles, the stores of items and trips', () => {
    const doc = kitchen();
    const seed = seedEpoch(doc, 1, { nowMs: anna(week).nowMs, clientId: 9 });
    expect(shown(seed)).toEqual(unchanged);
    expect(readTrips(seed)).toEqual(readTrips(doc));
  });

  it('D6 a seed leaves out what hangs on what is gone, is unsound or beyond the bounds', () => {
    const doc = kitchen();
    setItemStore(doc, idOf(doc, 'Soap'), lidl, true, anna());
    removeItem(doc, idOf(doc, 'Soap'), anna());
    removeStore(doc, lidl, anna());
    doc.write([{ root: 'store', key: 'zzzzzzzz', value: 7 }]);
    doc.write([{ root: 'trip', key: 'zzzzzzzz', value: 7 }]);
    for (let i = 0; i < 40; i++) {
      doc.write([{ root: 'trip', key: `aaaaaa${10 + i}`, value: [i, null, '', `Thing ${i}`] }]);
    }
    const seed = seedEpoch(doc, 1, { nowMs: anna(week).nowMs, clientId: 9 });
    expect([...seed.keys('at'), ...seed.keys('aisle'), ...seed.keys('walk')]).toEqual([]);
    expect(readStores(seed).map(({ name }) => name)).toEqual(['Market']);
    expect(readTrips(seed)).toEqual(readTrips(doc).slice(0, 30));
    expect([...seed.keys('trip')]).toHaveLength(30);
  });

  it('D6 a seed shortens the keys of aisles that have grown long', () => {
    const doc = kitchen();
    for (let i = 0; i < 400; i++) moveAisle(doc, lidl, i % 2 === 0 ? 'baby' : 'snacks', 'pets', anna());
    const { order } = readAisles(doc, lidl);
    const seed = seedEpoch(doc, 1, { nowMs: anna(week).nowMs, clientId: 9 });
    expect(readAisles(seed, lidl).order).toEqual(order);
    const lengths = (of: ListDocument) => [...of.keys('aisle')].map((key) => String(of.read('aisle', key)).length);
    expect(Math.max(...lengths(doc))).toBeGreaterThan(32);
    expect(Math.max(...lengths(seed))).toBeLessThan(8);
  });

  it('D6 what was done in a sealed epoch is carried over', () => {
    expect(carried(() => undefined)).toEqual(unchanged);
    expect(carried((doc) => renameStore(doc, lidl, 'Aldi', ben())).stores).toEqual(['Aldi', 'Market']);
    expect(carried((doc) => removeStore(doc, lidl, ben())).stores).toEqual(['Market']);
    expect(carried((doc) => moveAisle(doc, lidl, 'baby', null, ben())).first).toBe('baby');
    expect(carried((doc) => setItemStore(doc, idOf(doc, 'Milk'), lidl, false, ben())).milk).toEqual([]);
    expect(carried((doc) => shop(doc, 'Ham', 90)).trips).toEqual(['Ham', 'Milk']);
    expect(
      carried((doc) => {
        const change = shop(doc, 'Ham', 90);
        if (change) undoChange(doc, change, anna(91));
      }).trips,
    ).toEqual(['Milk']);
  });

  it('D6 where both epochs have changed one thing, the next one stands, and a late name outlives a removal', () => {
    const rename = (name: string) => (doc: ListDocument) => renameStore(doc, lidl, name, ben());
    expect(carried(rename('Aldi'), rename('Rewe')).stores).toEqual(['Market', 'Rewe']);
    expect(carried(rename('Aldi'), (doc) => removeStore(doc, lidl, anna())).stores).toEqual(['Aldi', 'Market']);
    expect(carried((doc) => removeStore(doc, lidl, anna()), rename('Rewe')).stores).toEqual(['Market', 'Rewe']);
    expect(
      carried(
        (doc) => shop(doc, 'Ham', 90),
        (doc) => shop(doc, 'Jam', 95),
      ).trips,
    ).toEqual(['Jam', 'Ham', 'Milk']);
  });

  it('D6 a trip that had no more room is no edit, and one that was taken back is', () => {
    const sealed = kitchen();
    const first = readTrips(sealed)[0]?.id ?? '';
    shop(sealed, 'Ham', 60);
    const second = readTrips(sealed)[0]?.id ?? '';
    for (const [gone, left] of [
      [first, ['Ham', 'Milk']],
      [second, ['Milk']],
    ] as const) {
      const next = seedEpoch(sealed, 1, { nowMs: anna(week).nowMs, clientId: 2 });
      const merged = phone(3, sealed.encode());
      merged.write([{ root: 'trip', key: gone, value: null }]);
      carryOver({ before: keepValues(sealed), after: keepValues(merged) }, next);
      expect(shown(next).trips).toEqual(left);
    }
  });
});
