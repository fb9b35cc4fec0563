import { describe, expect, it } from 'vitest';
import { anna, idOf, phone } from '../fixtures/family.ts';
import { addItem } from './add-item.ts';
import { clearTicked, forgetProduct, removeItem, restoreItems } from './remove-items.ts';
import { tickItem } from './tick-item.ts';

function names(doc: ReturnType<typeof phone>): string[] {
  return doc.view.items.map(({ name }) => name);
}

describe('taking off the list', () => {
  it('D2 deletes the want and nothing else', () => {
    const doc = phone(1);
    for (const name of ['Milk', 'Bread', 'Eggs']) addItem(doc, { name }, anna());
    const [milk, bread, eggs] = ['Milk', 'Bread', 'Eggs'].map((name) => idOf(doc, name));
    tickItem(doc, idOf(doc, 'Milk'), anna(1));
    tickItem(doc, idOf(doc, 'Eggs'), anna(1));
    const cleared = clearTicked(doc, anna(2));
    const removed = removeItem(doc, idOf(doc, 'Bread'), anna(3));
    expect(cleared?.entries.map(({ root, key, after }) => [root, key, after])).toEqual([
      ['w', milk, null],
      ['w', eggs, null],
    ]);
    expect(removed?.entries.map(({ root, key, after }) => [root, key, after])).toEqual([['w', bread, null]]);
    expect(doc.products()).toHaveLength(3);
  });

  it('D2 hides what is forgotten, and still knows its name', () => {
    const doc = phone(1);
    const { id } = addItem(doc, { name: 'Milk' }, anna());
    forgetProduct(doc, id, anna());
    expect(names(doc)).toEqual(['Milk']);
    expect(doc.products()).toEqual([]);
    expect(doc.read('p', id)).toEqual({ name: 'Milk', x: 1 });
  });

  it('D2 puts things back together, each once', () => {
    const doc = phone(1);
    for (const name of ['Milk', 'Bread', 'Eggs']) addItem(doc, { name }, anna());
    const items = ['Milk', 'Eggs', 'Milk', 'Bread'].map((name) => ({ id: idOf(doc, name), amount: null }));
    removeItem(doc, idOf(doc, 'Milk'), anna());
    removeItem(doc, idOf(doc, 'Eggs'), anna());
    expect(restoreItems(doc, items, anna())?.entries).toHaveLength(2);
    expect(names(doc)).toEqual(['Milk', 'Bread', 'Eggs']);
    expect(restoreItems(doc, items, anna())).toBeNull();
  });

  it('D2 puts things back as much as was wanted, where that is known', () => {
    const doc = phone(1);
    const amount = { quantity: 6, unit: '' };
    const { id } = addItem(doc, { name: 'Eggs', amount }, anna());
    removeItem(doc, id, anna());
    restoreItems(doc, [{ id, amount }], anna(1));
    expect(doc.item(id)?.amount).toEqual(amount);
  });
});
