import { describe, expect, it } from 'vitest';
import { addItem } from '../commands/add-item.ts';
import { forgetProduct } from '../commands/remove-items.ts';
import { setAmount } from '../commands/edit-item.ts';
import { tickItem, untickItem } from '../commands/tick-item.ts';
import { anna, ben, describeView, exchange, idOf, phone } from '../fixtures/family.ts';
import type { ListDocument } from '../list-document.ts';
import type { ItemId } from '../model/item-id.ts';
import { undoChange } from '../undo/undo-change.ts';
import { readAisles } from './aisles.ts';
import { finishShopping } from './finish-shopping.ts';
import { readItemStores, readStores } from './read-stores.ts';
import { readTrips } from './read-trips.ts';
import { addStore, moveAisle, removeStore, renameStore, setItemStore } from './store-commands.ts';
import { storeIdOf } from './store.ts';

const lidl = storeIdOf('Lidl');
const market = storeIdOf('Market');

function base(): ListDocument {
  const doc = phone(50);
  for (const [name, category] of [
    ['Milk', 'dairy'],
    ['Bread', 'bakery'],
    ['Apples', 'produce'],
  ] as const) {
    addItem(doc, { name, category }, anna());
  }
  for (const name of ['Lidl', 'Market']) addStore(doc, name, anna());
  return doc;
}

function tickThree(doc: ListDocument): ItemId[] {
  return ['Milk', 'Bread', 'Apples'].map((name) => {
    tickItem(doc, idOf(doc, name), anna(5));
    return idOf(doc, name);
  });
}

/** All that is to be seen of shopping, as text. */
function shown(doc: ListDocument): string {
  const stores = readStores(doc);
  const itemStores = [...readItemStores(doc, stores)].map(([item, at]) => [item, at.toSorted()]).sort();
  const aisles = stores.map(({ id }) => readAisles(doc, id));
  return JSON.stringify([describeView(doc), stores, itemStores, aisles, readTrips(doc)]);
}

interface Pair {
  readonly name: string;
  readonly before?: (doc: ListDocument) => void;
  readonly anna: (doc: ListDocument) => void;
  readonly ben: (doc: ListDocument) => void;
  readonly expect: (doc: ListDocument) => void;
}

const names = (doc: ListDocument) =>
  readStores(doc)
    .map(({ name }) => name)
    .sort();
const milkIsAt = (doc: ListDocument) => readItemStores(doc, readStores(doc)).get(idOf(doc, 'Milk')) ?? [];

const pairs: readonly Pair[] = [
  {
    name: 'both add the same store',
    anna: (doc) => addStore(doc, 'Bakery', anna()),
    ben: (doc) => addStore(doc, 'BAKERY', ben()),
    expect: (doc) => {
      expect(names(doc).map((name) => name.toLowerCase())).toEqual(['bakery', 'lidl', 'market']);
    },
  },
  {
    name: 'rename a store, remove it',
    anna: (doc) => renameStore(doc, lidl, 'Lidl South', anna()),
    ben: (doc) => removeStore(doc, lidl, ben()),
    expect: (doc) => {
      expect(names(doc)).toEqual(['Lidl South', 'Market']);
    },
  },
  {
    name: 'each moves another aisle',
    anna: (doc) => moveAisle(doc, lidl, 'pets', null, anna()),
    ben: (doc) => moveAisle(doc, lidl, 'produce', 'other', ben()),
    expect: (doc) => {
      const { order } = readAisles(doc, lidl);
      expect([order[0], order.at(-1)]).toEqual(['pets', 'produce']);
    },
  },
  {
    name: 'both move one aisle',
    anna: (doc) => moveAisle(doc, lidl, 'pets', null, anna()),
    ben: (doc) => moveAisle(doc, lidl, 'pets', 'produce', ben()),
    expect: (doc) => {
      const { order } = readAisles(doc, lidl);
      expect(order.slice(0, 2).toSorted()).toEqual(['pets', 'produce']);
      expect(new Set(order).size).toBe(order.length);
    },
  },
  {
    name: 'both move another aisle into one gap, and a third goes between',
    anna: (doc) => moveAisle(doc, lidl, 'pets', 'produce', anna()),
    ben: (doc) => {
      moveAisle(doc, lidl, 'baby', 'produce', ben());
    },
    expect: (doc) => {
      const { order } = readAisles(doc, lidl);
      expect(order.slice(1, 3).toSorted()).toEqual(['baby', 'pets']);
    },
  },
  {
    name: 'one moves an aisle, a trip of the other teaches an order',
    before: tickThree,
    anna: (doc) => moveAisle(doc, lidl, 'pets', null, anna(20)),
    ben: (doc) => finishShopping(doc, { store: lidl, ticked: tickThree(doc) }, ben(20)),
    expect: (doc) => {
      expect(readAisles(doc, lidl)).toMatchObject({ from: 'own' });
      expect(readAisles(doc, lidl).order[0]).toBe('pets');
    },
  },
  {
    name: 'each says another store of an item',
    anna: (doc) => setItemStore(doc, idOf(doc, 'Milk'), lidl, true, anna()),
    ben: (doc) => setItemStore(doc, idOf(doc, 'Milk'), market, true, ben()),
    expect: (doc) => {
      expect(milkIsAt(doc).toSorted()).toEqual([lidl, market].sort());
    },
  },
  {
    name: 'an item is put to a store that is being removed',
    anna: (doc) => setItemStore(doc, idOf(doc, 'Milk'), lidl, true, anna()),
    ben: (doc) => removeStore(doc, lidl, ben()),
    expect: (doc) => {
      expect(milkIsAt(doc)).toEqual([]);
      expect(describeView(doc)).toContain('Milk');
    },
  },
  {
    name: 'an item is put to a store while it is forgotten',
    anna: (doc) => setItemStore(doc, idOf(doc, 'Milk'), lidl, true, anna()),
    ben: (doc) => forgetProduct(doc, idOf(doc, 'Milk'), ben()),
    expect: (doc) => {
      expect(milkIsAt(doc)).toEqual([lidl]);
    },
  },
  {
    name: 'both finish one trip: it is told once',
    before: tickThree,
    anna: (doc) => finishShopping(doc, { store: lidl, ticked: [] }, anna(30)),
    ben: (doc) => finishShopping(doc, { store: lidl, ticked: [] }, ben(31)),
    expect: (doc) => {
      expect(describeView(doc)).toBe('');
      expect(readTrips(doc)).toHaveLength(1);
      expect(readTrips(doc)[0]?.items).toHaveLength(3);
    },
  },
  {
    name: 'both finish one trip on two phones of one person, in one minute',
    before: tickThree,
    anna: (doc) => finishShopping(doc, { store: lidl, ticked: [] }, anna(30)),
    ben: (doc) => {
      addItem(doc, { name: 'Soap' }, anna(30));
      tickItem(doc, idOf(doc, 'Soap'), anna(30));
      finishShopping(doc, { store: lidl, ticked: [] }, anna(30));
    },
    expect: (doc) => {
      const bought = readTrips(doc).flatMap(({ items }) => items.map(({ name }) => name));
      expect(bought.sort()).toEqual(['Apples', 'Bread', 'Milk', 'Soap']);
    },
  },
  {
    name: 'finish a trip, and take a tick of it back',
    before: tickThree,
    anna: (doc) => finishShopping(doc, { store: null, ticked: [] }, anna(30)),
    ben: (doc) => untickItem(doc, idOf(doc, 'Milk'), ben(30)),
    expect: (doc) => {
      expect(describeView(doc)).toBe('Milk[ ] 1 dairy');
    },
  },
  {
    name: 'finish a trip, and want more of it',
    before: tickThree,
    anna: (doc) => finishShopping(doc, { store: null, ticked: [] }, anna(30)),
    ben: (doc) => setAmount(doc, idOf(doc, 'Milk'), { quantity: 3, unit: '' }, ben(30)),
    expect: (doc) => {
      expect(describeView(doc)).toBe('Milk[x] 3 dairy');
    },
  },
  {
    name: 'finish a trip and take it back, while somebody wants one thing again',
    before: tickThree,
    anna: (doc) => {
      const change = finishShopping(doc, { store: null, ticked: [] }, anna(30));
      if (change) undoChange(doc, change, anna(31));
    },
    ben: (doc) => untickItem(doc, idOf(doc, 'Milk'), ben(30)),
    expect: (doc) => {
      expect(readTrips(doc)).toEqual([]);
      expect(doc.view.items).toHaveLength(3);
    },
  },
];

describe('pairs of things done at once, while shopping', () => {
  for (const pair of pairs) {
    for (const [annasId, bensId] of [[100, 200] as const, [200, 100] as const]) {
      it(`D16 pair: ${pair.name} (${annasId}, ${bensId})`, () => {
        const both = base();
        pair.before?.(both);
        const [annas, bens] = [phone(annasId, both.encode()), phone(bensId, both.encode())];
        pair.anna(annas);
        pair.ben(bens);
        exchange(annas, bens);
        pair.expect(annas);
        expect(shown(bens)).toBe(shown(annas));
        expect(shown(phone(300, annas.encode()))).toBe(shown(annas));
      });
    }
  }

  it('D16 an aisle still goes between two that two phones have put at one place', () => {
    const both = base();
    const [annas, bens] = [phone(100, both.encode()), phone(200, both.encode())];
    moveAisle(annas, lidl, 'pets', 'produce', anna());
    moveAisle(bens, lidl, 'baby', 'produce', ben());
    exchange(annas, bens);
    const [, first] = readAisles(annas, lidl).order;
    if (first === undefined) throw new Error('no aisle');
    moveAisle(annas, lidl, 'other', first, anna());
    const { order } = readAisles(annas, lidl);
    expect(order.indexOf('other')).toBeGreaterThan(order.indexOf(first));
    expect(order.indexOf('other')).toBeLessThan(order.indexOf('bakery'));
  });
});
