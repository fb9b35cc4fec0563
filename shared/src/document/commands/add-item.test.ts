import { describe, expect, it } from 'vitest';
import { limits } from '../../protocol/index.ts';
import { anna, ben, describeView, exchange, phone } from '../fixtures/family.ts';
import { itemIdOf } from '../model/item-id.ts';
import { toMinute } from '../model/minute.ts';
import { addItem } from './add-item.ts';
import { renameItem } from './edit-item.ts';
import { forgetProduct, removeItem, restoreItems } from './remove-items.ts';
import { tickItem } from './tick-item.ts';

const refusedAs = (code: string): unknown => expect.objectContaining({ name: 'TrolleyError', code });
const now = (minute: number) => toMinute(anna(minute).nowMs);

function names(doc: ReturnType<typeof phone>): string[] {
  return doc.view.items.map(({ name }) => name);
}

describe('addItem', () => {
  it('D1 gives a new product the id of its name, at the end of the list', () => {
    const doc = phone(1);
    const added = addItem(
      doc,
      { name: 'Milk', amount: { quantity: 2, unit: 'l' }, note: 'organic', category: 'dairy' },
      anna(3),
    );
    expect(added).toMatchObject({ id: itemIdOf('milk'), outcome: 'added' });
    addItem(doc, { name: 'Bread' }, ben(4));
    expect(describeView(doc)).toBe('Milk[ ] 2 l (organic) dairy, Bread[ ] 1 other');
    expect(doc.view.items[0]).toMatchObject({ wantedAt: now(3), wantedBy: anna().memberId, gotAt: null, gotBy: null });
  });

  it('D1 finds what is on the list by any spelling, and takes over what is said about it now', () => {
    const doc = phone(1);
    const { id } = addItem(doc, { name: 'Milk', note: 'organic' }, anna());
    expect(addItem(doc, { name: ' ＭＩＬＫ ' }, ben(1))).toMatchObject({ id, outcome: 'already-listed', change: null });
    const again = addItem(
      doc,
      { name: 'milk', amount: { quantity: 3, unit: '' }, note: '', category: 'drinks' },
      ben(1),
    );
    expect(again).toMatchObject({ id, outcome: 'already-listed' });
    expect(describeView(doc)).toBe('Milk[ ] 3 other');
    expect(doc.item(id)?.wantedBy).toBe(anna().memberId);
  });

  it('D1 wants a ticked item again, later than it was got whatever the clock says', () => {
    const doc = phone(1);
    const { id } = addItem(doc, { name: 'Milk', amount: { quantity: 2, unit: 'l' } }, anna());
    tickItem(doc, id, anna(100));
    expect(addItem(doc, { name: 'Milk' }, ben(5))).toMatchObject({ id, outcome: 'relisted' });
    expect(doc.item(id)).toMatchObject({ isTicked: false, wantedAt: now(101), wantedBy: ben().memberId });
  });

  it('D1 remembers unit, aisle, note and place of a product that comes back, and takes it out of hiding', () => {
    const doc = phone(1);
    const { id } = addItem(
      doc,
      { name: 'Potatoes', amount: { quantity: 3, unit: 'kg' }, note: 'waxy', category: 'produce' },
      anna(),
    );
    addItem(doc, { name: 'Bread' }, anna());
    removeItem(doc, id, anna());
    forgetProduct(doc, id, anna());
    expect(addItem(doc, { name: 'potatoes', category: 'frozen' }, ben(9))).toMatchObject({ id, outcome: 'relisted' });
    expect(describeView(doc)).toBe('Potatoes[ ] 1 kg (waxy) produce, Bread[ ] 1 other');
    expect(doc.products().map(({ name }) => name)).toContain('Potatoes');
  });

  it('D1 gives a name whose id a renamed product holds another id, the same on every phone', () => {
    const doc = phone(1);
    const { id } = addItem(doc, { name: 'Milk' }, anna());
    renameItem(doc, id, 'Oat milk', anna());
    const other = phone(2, doc.encode());
    const added = [addItem(doc, { name: 'Milk' }, anna()), addItem(other, { name: 'MILK' }, ben())];
    expect(added.map((one) => one.id)).toEqual([itemIdOf('Milk', 1), itemIdOf('Milk', 1)]);
    expect(addItem(doc, { name: 'oat MILK' }, anna())).toMatchObject({ id, outcome: 'already-listed' });
    exchange(doc, other);
    expect(names(doc)).toEqual(['Oat milk', expect.stringMatching(/^milk$/i)]);
  });

  it('D1 means the one on the list when two products have come to the same name', () => {
    const doc = phone(1);
    const milk = addItem(doc, { name: 'Milk' }, anna()).id;
    const oat = addItem(doc, { name: 'Oat milk' }, anna()).id;
    renameItem(doc, milk, 'Oat milk', anna());
    for (const [listed, removed] of [
      [milk, oat],
      [oat, milk],
    ] as const) {
      restoreItems(doc, [{ id: listed, amount: null }], anna());
      removeItem(doc, removed, anna());
      expect(addItem(doc, { name: 'Oat milk' }, anna())).toMatchObject({ id: listed, outcome: 'already-listed' });
    }
  });

  it('D1 cuts a long name politely and refuses an empty one', () => {
    const doc = phone(1);
    const family = '👨‍👩‍👧‍👦';
    addItem(doc, { name: 'x'.repeat(limits.maxNameLength - 4) + family }, anna());
    addItem(doc, { name: '\u202egnu\u0000 x\ud83d' }, anna());
    expect(names(doc)).toEqual(['x'.repeat(limits.maxNameLength - 4), 'gnu x\ufffd']);
    for (const name of ['', ' \n\t', '\u200e\u0007'])
      expect(() => addItem(doc, { name }, anna())).toThrow(refusedAs('bad-request'));
  });

  it('D1 refuses amounts that are none, and changes nothing then', () => {
    const doc = phone(1);
    for (const quantity of [0, -1, NaN, 0.0001]) {
      expect(() => addItem(doc, { name: 'Milk', amount: { quantity, unit: '' } }, anna())).toThrow(
        refusedAs('bad-request'),
      );
    }
    const amount = { quantity: limits.maxQuantity + 1, unit: '' };
    expect(() => addItem(doc, { name: 'Milk', amount }, anna())).toThrow(refusedAs('too-large'));
    expect(doc.view.items).toEqual([]);
  });

  it('D1 refuses more items than a list holds, but not one that is there', { timeout: 60_000 }, () => {
    const doc = phone(1);
    for (let i = 0; i < limits.maxItems; i++) addItem(doc, { name: `Item ${i}` }, anna());
    expect(() => addItem(doc, { name: 'One more' }, anna())).toThrow(refusedAs('too-large'));
    const { id } = addItem(doc, { name: 'Item 7' }, anna());
    tickItem(doc, id, anna());
    expect(addItem(doc, { name: 'Item 7' }, anna()).outcome).toBe('relisted');
    removeItem(doc, id, anna());
    addItem(doc, { name: 'One more' }, anna());
    expect(() => restoreItems(doc, [{ id, amount: null }], anna())).toThrow(refusedAs('too-large'));
    expect(doc.view.items).toHaveLength(limits.maxItems);
  });
});
