import { describe, expect, it } from 'vitest';
import { addItem } from '../commands/add-item.ts';
import { tickItem } from '../commands/tick-item.ts';
import { anna, ben, describeView, idOf, phone } from '../fixtures/family.ts';
import type { ListDocument } from '../list-document.ts';
import { toMinute } from '../model/minute.ts';
import { undoChange } from '../undo/undo-change.ts';
import { readAisles } from './aisles.ts';
import { shoppingBounds } from './bounds.ts';
import { finishShopping } from './finish-shopping.ts';
import { readTrips } from './read-trips.ts';
import { addStore, moveAisle, setItemStore } from './store-commands.ts';
import { anyStore } from './store.ts';

function kitchen(): ListDocument {
  const doc = phone(1);
  addItem(doc, { name: 'Milk', category: 'dairy', amount: { quantity: 2, unit: 'l' } }, anna());
  addItem(doc, { name: 'Bread', category: 'bakery' }, anna());
  addItem(doc, { name: 'Apples', category: 'produce', amount: { quantity: 6, unit: '' } }, anna());
  addItem(doc, { name: 'Soap', category: 'care' }, anna());
  return doc;
}

function tickAll(doc: ListDocument, ...names: string[]) {
  return names.map((name, index) => {
    tickItem(doc, idOf(doc, name), anna(10 + index));
    return idOf(doc, name);
  });
}

function told(doc: ListDocument) {
  return readTrips(doc).map(({ store, items }) => `${store ?? '-'}: ${items.map(({ name }) => name).join(', ')}`);
}

describe('the end of a trip', () => {
  it('D17 takes what was got off the list, records it with when, where and by whom, and is taken back as one', () => {
    const doc = kitchen();
    const { id: store } = addStore(doc, 'Lidl', anna());
    const before = describeView(doc);
    const ticked = tickAll(doc, 'Bread', 'Milk', 'Apples');
    const change = finishShopping(doc, { store, ticked }, anna(30));
    expect(describeView(doc)).toBe('Soap[ ] 1 care');
    const [trip] = readTrips(doc);
    expect([trip]).toEqual([
      {
        id: trip?.id,
        endedAt: toMinute(anna(30).nowMs),
        by: anna().memberId,
        store: 'Lidl',
        items: [
          { name: 'Bread', amount: { quantity: 1, unit: '' }, gotAt: toMinute(anna(10).nowMs) },
          { name: 'Milk', amount: { quantity: 2, unit: 'l' }, gotAt: toMinute(anna(11).nowMs) },
          { name: 'Apples', amount: { quantity: 6, unit: '' }, gotAt: toMinute(anna(12).nowMs) },
        ],
        moreCount: 0,
      },
    ]);
    expect(readAisles(doc, store)).toMatchObject({ from: 'learnt' });
    expect(readAisles(doc, store).order.slice(0, 3)).toEqual(['bakery', 'dairy', 'produce']);
    if (change) undoChange(doc, change, anna(31));
    expect(describeView(doc).replaceAll('[x]', '[ ]')).toBe(before);
    expect([readTrips(doc), readAisles(doc, store).from]).toEqual([[], 'usual']);
    expect(finishShopping(kitchen(), { store, ticked }, anna(32))).toBeNull();
  });

  it('D17 leaves alone what is bought only at other stores', () => {
    const doc = kitchen();
    const [lidl, market] = [addStore(doc, 'Lidl', anna()).id, addStore(doc, 'Market', anna()).id];
    for (const [name, store] of [
      ['Milk', lidl],
      ['Apples', market],
      ['Soap', lidl],
      ['Soap', market],
    ] as const) {
      setItemStore(doc, idOf(doc, name), store, true, anna());
    }
    const ticked = tickAll(doc, 'Milk', 'Apples', 'Soap', 'Bread');
    finishShopping(doc, { store: lidl, ticked }, anna(30));
    expect(describeView(doc)).toBe('Apples[x] 6 produce');
    finishShopping(doc, { store: null, ticked }, anna(31));
    expect(told(doc)).toEqual(['-: Apples', 'Lidl: Milk, Soap, Bread']);
  });

  it('D17 teaches nothing where somebody has put the aisles in order, nor after two ticks', () => {
    const doc = kitchen();
    finishShopping(doc, { store: null, ticked: tickAll(doc, 'Milk', 'Bread') }, anna(20));
    expect(readAisles(doc, anyStore).from).toBe('usual');
    moveAisle(doc, anyStore, 'pets', null, anna(21));
    const own = readAisles(doc, anyStore);
    for (const name of ['Milk', 'Bread', 'Apples']) addItem(doc, { name }, anna(22));
    finishShopping(doc, { store: null, ticked: tickAll(doc, 'Milk', 'Bread', 'Apples') }, anna(40));
    expect(readAisles(doc, anyStore)).toEqual(own);
  });

  it('D17 of a large shop says how many more there were, in one update that can be pushed', () => {
    const doc = phone(1);
    const ids = Array.from({ length: 400 }, (_, i) => addItem(doc, { name: `Item number ${i}` }, anna()).id);
    for (const id of ids) tickItem(doc, id, anna(1));
    const updates: Uint8Array[] = [];
    doc.onLocalUpdate((update) => updates.push(update));
    finishShopping(doc, { store: null, ticked: ids }, anna(2));
    const [trip] = readTrips(doc);
    expect(trip?.items.length).toBeGreaterThan(150);
    expect((trip?.items.length ?? 0) + (trip?.moreCount ?? 0)).toBe(400);
    expect(trip?.items[7]?.name).toBe('Item number 7');
    expect(updates).toHaveLength(1);
    expect(phone(2, doc.encode()).view).toEqual(doc.view);
  });

  it('D17 keeps the thirty latest trips, and fewer when they are large', () => {
    const doc = phone(1);
    const shop = (minute: number, count: number) => {
      for (let i = 0; i < count; i++) tickItem(doc, addItem(doc, { name: `Item ${i}` }, ben(minute)).id, ben(minute));
      finishShopping(doc, { store: null, ticked: [] }, ben(minute));
    };
    for (let trip = 1; trip <= 33; trip++) shop(trip * 10, 2);
    expect(readTrips(doc)).toHaveLength(shoppingBounds.maxTrips);
    expect(readTrips(doc)[0]?.endedAt).toBe(toMinute(ben(330).nowMs));
    for (let trip = 34; trip <= 40; trip++) shop(trip * 10, 390);
    const kept = readTrips(doc);
    expect(kept.length).toBeLessThan(5);
    expect(kept[0]?.endedAt).toBe(toMinute(ben(400).nowMs));
  });

  it('D5 a value of the wrong shape is no trip, and a line that says nothing is no item', () => {
    const doc = phone(1);
    const values = [
      'trip',
      [1],
      [-1, null, '', 'Milk'],
      [5, null, '', 'x'.repeat(4_001)],
      [5, 'anna', 7, '\n\t1\nMilk\tx\tmuch', -3],
    ];
    for (const [index, value] of values.entries()) doc.write([{ root: 'trip', key: `aaaaaaa${index}`, value }]);
    expect(readTrips(doc)).toEqual([
      {
        id: 'aaaaaaa4',
        endedAt: 5,
        by: null,
        store: null,
        items: [{ name: 'Milk', amount: { quantity: 1, unit: '' }, gotAt: 5 }],
        moreCount: 0,
      },
    ]);
  });
});
