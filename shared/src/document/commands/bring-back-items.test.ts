import { describe, expect, it } from 'vitest';
import { limits } from '../../protocol/index.ts';
import { anna, ben, describeView, exchange, idOf, phone } from '../fixtures/family.ts';
import type { ListDocument } from '../list-document.ts';
import type { Item } from '../model/item.ts';
import { undoChange } from '../undo/undo-change.ts';
import { addItem } from './add-item.ts';
import { bringBackItems } from './bring-back-items.ts';
import { renameItem, setAmount, setCategory, setNote } from './edit-item.ts';
import { clearTicked, forgetProduct, removeItem } from './remove-items.ts';
import { tickItem, untickItem } from './tick-item.ts';

/** Milk to buy, with everything said of it; bread in the trolley. */
function kitchen(): ListDocument {
  const doc = phone(1);
  addItem(doc, { name: 'Milk', amount: { quantity: 2, unit: 'l' }, note: 'organic', category: 'dairy' }, anna());
  addItem(doc, { name: 'Bread' }, anna());
  tickItem(doc, idOf(doc, 'Bread'), anna(1));
  return doc;
}

function pastOf(doc: ListDocument): readonly Item[] {
  const past = phone(9, doc.encode()).view.items;
  expect(past).toHaveLength(2);
  return past;
}

const later: readonly (readonly [name: string, acts: readonly ((doc: ListDocument) => unknown)[]])[] = [
  ['removed', [(doc) => removeItem(doc, idOf(doc, 'Milk'), ben(5))]],
  ['ticked', [(doc) => tickItem(doc, idOf(doc, 'Milk'), ben(5))]],
  ['ticked and cleared', [(doc) => tickItem(doc, idOf(doc, 'Milk'), ben(5)), (doc) => clearTicked(doc, ben(6))]],
  ['unticked', [(doc) => untickItem(doc, idOf(doc, 'Bread'), ben(5))]],
  [
    'unticked and removed',
    [(doc) => untickItem(doc, idOf(doc, 'Bread'), ben(5)), (doc) => removeItem(doc, idOf(doc, 'Bread'), ben(6))],
  ],
  ['given another amount', [(doc) => setAmount(doc, idOf(doc, 'Milk'), { quantity: 7, unit: '' }, ben(5))]],
  ['given another note', [(doc) => setNote(doc, idOf(doc, 'Milk'), '', ben(5))]],
  ['moved to another aisle', [(doc) => setCategory(doc, idOf(doc, 'Milk'), 'drinks', ben(5))]],
  [
    'removed and forgotten',
    [(doc) => removeItem(doc, idOf(doc, 'Milk'), ben(5)), (doc) => forgetProduct(doc, idOf(doc, 'Milk'), ben(6))],
  ],
];

describe('bringBackItems', () => {
  it.each(later)('D19 brings back as it was what has been %s, and takes that back in one step', (_name, acts) => {
    const doc = kitchen();
    const past = pastOf(doc);
    const then = describeView(doc);
    for (const act of acts) act(doc);
    const between = describeView(doc);
    expect(between).not.toBe(then);
    const change = bringBackItems(doc, past, anna(9));
    expect(describeView(doc)).toBe(then);
    expect(bringBackItems(doc, past, anna(10))).toBeNull();
    if (change !== null) undoChange(doc, change, anna(11));
    expect(describeView(doc)).toBe(between);
  });

  it('D19 keeps what was done since to everything else, also elsewhere at the same time', () => {
    const doc = kitchen();
    const [milk, bread] = pastOf(doc);
    if (!milk || !bread) throw new Error('both were there');
    addItem(doc, { name: 'Eggs' }, ben(5));
    removeItem(doc, milk.id, ben(5));
    const other = phone(2, doc.encode());
    setNote(other, bread.id, 'sliced', ben(6));
    addItem(other, { name: 'Jam' }, ben(6));
    bringBackItems(doc, [milk], anna(6));
    exchange(doc, other);
    expect(describeView(doc)).toBe(describeView(other));
    expect(doc.view.items.map(({ name }) => name).sort()).toEqual(['Bread', 'Eggs', 'Jam', 'Milk']);
    expect(doc.item(milk.id)).toMatchObject({ note: 'organic', category: 'dairy', wantedBy: anna().memberId });
    expect(doc.item(bread.id)?.note).toBe('sliced');
  });

  it('D19 brings back what an epoch has left behind, and nothing twice', () => {
    const past = pastOf(kitchen());
    const next = phone(3);
    const renamed = addItem(next, { name: 'Loaf' }, ben(5)).id;
    renameItem(next, renamed, 'bread', ben(5));
    bringBackItems(next, past, anna(9));
    expect(next.view.items.map(({ name }) => name).sort()).toEqual(['Milk', 'bread']);
    expect(next.item(idOf(next, 'Milk'))).toMatchObject({ isTicked: false, note: 'organic', amount: { quantity: 2 } });
    expect(next.item(renamed)?.isTicked).toBe(true);
  });

  it('D19 does not let the list grow beyond what it holds', () => {
    const past = pastOf(kitchen());
    const full = phone(4);
    full.write(
      Array.from({ length: limits.maxItems }, (_, index) => index.toString(36).padStart(8, '0')).flatMap((key) => [
        { root: 'p' as const, key, value: { name: key } },
        { root: 'w' as const, key, value: [1, anna().memberId] },
      ]),
    );
    expect(full.view.items).toHaveLength(limits.maxItems);
    expect(() => bringBackItems(full, past, anna(9))).toThrow(/at most/);
  });
});
