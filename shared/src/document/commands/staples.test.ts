import { describe, expect, it } from 'vitest';
import { seedEpoch } from '../epoch/seed-epoch.ts';
import { anna, ben, describeView, exchange, idOf, phone } from '../fixtures/family.ts';
import type { ListDocument } from '../list-document.ts';
import { undoChange } from '../undo/undo-change.ts';
import { addItem } from './add-item.ts';
import { renameItem, setNote, setStaple } from './edit-item.ts';
import { clearTicked, forgetProduct, removeItem } from './remove-items.ts';
import { addStaples, missingStaples } from './staples.ts';
import { tickItem } from './tick-item.ts';

function kitchen(): ListDocument {
  const doc = phone(1);
  for (const name of ['Milk', 'Bread', 'Eggs', 'Ham']) {
    const { id } = addItem(doc, { name, amount: { quantity: 1, unit: name === 'Milk' ? 'l' : '' } }, anna());
    if (name !== 'Ham') setStaple(doc, id, true, anna());
  }
  return doc;
}

describe('staples', () => {
  it('D14 that are not on the list are added as one edit, and taken back as one', () => {
    const doc = kitchen();
    expect(addStaples(doc, anna(1))).toEqual({ added: [], change: null });
    tickItem(doc, idOf(doc, 'Bread'), anna(1));
    for (const name of ['Milk', 'Eggs', 'Ham']) removeItem(doc, idOf(doc, name), anna(2));
    expect(missingStaples(doc).map(({ product }) => product.name)).toEqual(['Milk', 'Eggs']);
    const { added, change } = addStaples(doc, anna(3));
    expect(added).toEqual([idOf(doc, 'Milk'), idOf(doc, 'Eggs')]);
    expect(describeView(doc)).toBe('Milk[ ] 1 l other, Bread[x] 1 other, Eggs[ ] 1 other');
    if (change !== null) undoChange(doc, change, anna(4));
    expect(describeView(doc)).toBe('Bread[x] 1 other');
  });

  it('D14 stay staples whatever is done to them, but for being forgotten', () => {
    const doc = kitchen();
    const [milk, eggs] = [idOf(doc, 'Milk'), idOf(doc, 'Eggs')];
    renameItem(doc, milk, 'Oat milk', anna(1));
    tickItem(doc, milk, anna(2));
    clearTicked(doc, anna(3));
    removeItem(doc, eggs, anna(3));
    forgetProduct(doc, eggs, anna(3));
    expect(missingStaples(doc).map(({ product }) => product.name)).toEqual(['Oat milk']);
    addItem(doc, { name: 'Eggs' }, anna(4));
    expect(doc.entry(eggs)?.product.isStaple).toBe(true);
    setStaple(doc, milk, false, anna(5));
    expect(missingStaples(doc)).toEqual([]);
  });

  it('D14 are marked beside whatever else is said of an item at the same time', () => {
    const a = kitchen();
    const b = phone(2, a.encode());
    const ham = idOf(a, 'Ham');
    setStaple(a, ham, true, anna(1));
    setNote(b, ham, 'thin', ben(1));
    renameItem(b, ham, 'Parma ham', ben(1));
    tickItem(b, ham, ben(1));
    exchange(a, b);
    const product = { isStaple: true, note: 'thin', name: 'Parma ham' };
    for (const doc of [a, b]) expect(doc.entry(ham)).toMatchObject({ product, item: { isTicked: true } });
  });

  it('D6 D14 are remembered by the next epoch, bought or not', () => {
    const doc = kitchen();
    for (const name of ['Eggs', 'Ham']) removeItem(doc, idOf(doc, name), anna(2));
    const seed = seedEpoch(doc, 1, { nowMs: anna(3).nowMs });
    expect(missingStaples(seed).map(({ product }) => product.name)).toEqual(['Eggs']);
  });
});
