import { describe, expect, it } from 'vitest';
import { addItem } from './commands/add-item.ts';
import { setNote } from './commands/edit-item.ts';
import { moveItem } from './commands/move-item.ts';
import { forgetProduct } from './commands/remove-items.ts';
import { tickItem } from './commands/tick-item.ts';
import { cpuTimeMs } from './fixtures/cpu-time.ts';
import { anna, ben, describeView, exchange, idOf, phone } from './fixtures/family.ts';

describe('the index of items', () => {
  it('D3 is the same object until something changes, and its items are as long as they do not', () => {
    const doc = phone(1);
    for (const name of ['Milk', 'Bread']) addItem(doc, { name }, anna());
    const { view } = doc;
    expect(doc.view).toBe(view);
    tickItem(doc, idOf(doc, 'Bread'), anna(1));
    expect(doc.view).not.toBe(view);
    expect(doc.view.items[0]).toBe(view.items[0]);
    expect(doc.view.items[1]).not.toBe(view.items[1]);
    const products = doc.products();
    setNote(doc, idOf(doc, 'Milk'), 'organic', anna());
    expect(doc.products()).not.toBe(products);
  });

  it('D3 keeps an item the same object when only its place changes, or whether it is suggested', () => {
    const doc = phone(1);
    for (const name of ['Milk', 'Bread']) addItem(doc, { name }, anna());
    const milk = doc.item(idOf(doc, 'Milk'));
    moveItem(doc, idOf(doc, 'Milk'), { after: idOf(doc, 'Bread') }, anna());
    forgetProduct(doc, idOf(doc, 'Milk'), anna());
    expect(doc.view.items[1]).toBe(milk);
  });

  it('D3 has not changed when somebody else wrote the same', () => {
    const doc = phone(1);
    addItem(doc, { name: 'Milk' }, anna());
    const other = phone(2, doc.encode());
    setNote(doc, idOf(doc, 'Milk'), 'organic', anna());
    setNote(other, idOf(doc, 'Milk'), 'organic', ben());
    const { view } = doc;
    const changes: unknown[] = [];
    doc.onChange((change) => changes.push(change));
    exchange(doc, other);
    expect(changes).toEqual([]);
    expect(doc.view).toBe(view);
  });

  it('D3 of two thousand items takes far less than a millisecond per tick', () => {
    const doc = phone(1);
    for (let i = 0; i < 2_000; i++) addItem(doc, { name: `Item ${i}` }, anna());
    const tookMs = doc.view.items.slice(500, 700).map(({ id }, i) =>
      cpuTimeMs(() => {
        tickItem(doc, id, anna(i));
        if (doc.view.items.length !== 2_000) throw new Error('the view is not whole');
      }),
    );
    expect(tookMs.sort((a, b) => a - b)[100]).toBeLessThan(0.5);
  });

  it('D3 shows items without a valid place last, by id', () => {
    const doc = phone(1);
    for (const name of ['Milk', 'Bread', 'Eggs', 'Ham']) addItem(doc, { name }, anna());
    doc.write([
      { root: 'order', key: idOf(doc, 'Milk'), value: 'zzzz!!' },
      { root: 'order', key: idOf(doc, 'Bread'), value: null },
    ]);
    const lost = [idOf(doc, 'Milk'), idOf(doc, 'Bread')].sort();
    expect(doc.view.items.map(({ id }) => id)).toEqual([idOf(doc, 'Eggs'), idOf(doc, 'Ham'), ...lost]);
    addItem(doc, { name: 'Tea' }, anna());
    expect(describeView(doc)).toMatch(/^Eggs.*Ham.*Tea/);
  });
});
