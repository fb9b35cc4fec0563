import { describe, expect, it } from 'vitest';
import { limits } from '../../protocol/index.ts';
import { anna, describeView, idOf, phone } from '../fixtures/family.ts';
import { undoChange } from '../undo/undo-change.ts';
import { addItem } from './add-item.ts';
import { addItems } from './add-items.ts';
import { clearTicked, removeItem } from './remove-items.ts';
import { tickItem } from './tick-item.ts';

const amount = (quantity: number, unit = '') => ({ quantity, unit });
const refusedAs = (code: string): unknown => expect.objectContaining({ name: 'TrolleyError', code });

describe('adding many at once', () => {
  it('D12 is one edit that is taken back as one', () => {
    const doc = phone(1);
    const updates: Uint8Array[] = [];
    doc.onLocalUpdate((update) => updates.push(update));
    const { added, listed, leftOut, change } = addItems(
      doc,
      [
        { name: 'Milk', amount: amount(2, 'l') },
        { name: 'Bread', note: 'sliced', category: 'bakery' },
        { name: 'Eggs' },
      ],
      anna(),
    );
    expect([added.length, listed, leftOut, updates.length]).toEqual([3, 0, 0, 1]);
    expect(describeView(doc)).toBe('Milk[ ] 2 l other, Bread[ ] 1 (sliced) bakery, Eggs[ ] 1 other');
    if (change !== null) undoChange(doc, change, anna(1));
    expect(describeView(doc)).toBe('');
  });

  it('D12 makes one item of what is named twice, and adds up what adds up', () => {
    const doc = phone(1);
    addItems(
      doc,
      [
        { name: 'Milk', amount: amount(1, 'l') },
        { name: ' milk ', amount: amount(500, 'ml') },
        { name: 'Flour', amount: amount(1, 'kg'), note: 'white' },
        { name: 'flour', amount: amount(2, 'bag'), note: 'rye' },
      ],
      anna(),
    );
    expect(describeView(doc)).toBe('Milk[ ] 1.5 l other, Flour[ ] 1 kg (white, rye, + 2 bag) other');
  });

  it('D12 knows what the list knows: relists it, and gives what is to buy the amount that was typed', () => {
    const doc = phone(1);
    addItem(doc, { name: 'Milk', amount: amount(1, 'l'), category: 'dairy' }, anna());
    tickItem(doc, addItem(doc, { name: 'Ham', note: 'thin' }, anna()).id, anna(1));
    clearTicked(doc, anna(2));
    tickItem(doc, addItem(doc, { name: 'Tea' }, anna()).id, anna(1));
    const { added, listed } = addItems(
      doc,
      [{ name: 'milk', amount: amount(2, 'l') }, { name: 'ham' }, { name: 'tea' }, { name: 'Jam' }],
      anna(3),
    );
    expect(added).toEqual([idOf(doc, 'Ham'), idOf(doc, 'Tea'), idOf(doc, 'Jam')]);
    expect(listed).toBe(1);
    expect(describeView(doc)).toBe('Milk[ ] 2 l dairy, Ham[ ] 1 (thin) other, Tea[ ] 1 other, Jam[ ] 1 other');
  });

  it('D12 gives both amounts to what comes on top, or says the second in the note', () => {
    const doc = phone(1);
    addItem(doc, { name: 'Milk', amount: amount(1, 'l'), note: 'organic' }, anna());
    addItem(doc, { name: 'Corn', amount: amount(2, 'can') }, anna());
    const more = [
      { name: 'Milk', amount: amount(2, 'l'), note: 'fresh' },
      { name: 'Corn', amount: amount(300, 'g') },
    ];
    addItems(doc, more, anna(1), { isOnTop: true });
    expect(describeView(doc)).toBe('Milk[ ] 3 l (organic, fresh) other, Corn[ ] 2 can (+ 300 g) other');
  });

  it('D12 fills a list and says how many found no room', () => {
    const doc = phone(1);
    const names = Array.from({ length: limits.maxItems + 25 }, (_, i) => ({ name: `Item ${i}` }));
    const { added, leftOut } = addItems(doc, names, anna());
    expect([added.length, leftOut, doc.view.items.length]).toEqual([limits.maxItems, 25, limits.maxItems]);
    expect(doc.view.items.map(({ name }) => name)).toEqual(names.slice(0, limits.maxItems).map(({ name }) => name));
    removeItem(doc, idOf(doc, 'Item 3'), anna(1));
    expect(addItems(doc, [{ name: 'item 4' }, { name: 'Ham' }, { name: 'Jam' }], anna(2))).toMatchObject({
      listed: 1,
      leftOut: 1,
    });
  });

  it('D12 refuses what is no item, and then adds nothing', () => {
    const doc = phone(1);
    expect(() => addItems(doc, [{ name: 'Milk' }, { name: ' ' }], anna())).toThrow(refusedAs('bad-request'));
    expect(() => addItems(doc, [{ name: 'Milk', amount: amount(1e9) }], anna())).toThrow(refusedAs('too-large'));
    expect(addItems(doc, [], anna())).toEqual({ added: [], listed: 0, leftOut: 0, change: null });
    expect(doc.view.items).toEqual([]);
  });
});
