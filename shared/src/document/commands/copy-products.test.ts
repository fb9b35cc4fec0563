import { describe, expect, it } from 'vitest';
import { anna, ben, describeView, idOf, phone } from '../fixtures/family.ts';
import { addItem } from './add-item.ts';
import { copyProducts } from './copy-products.ts';
import { renameItem, setStaple } from './edit-item.ts';
import { createList } from './list-commands.ts';
import { forgetProduct, removeItem } from './remove-items.ts';
import { tickItem } from './tick-item.ts';

describe('a list made from another', () => {
  it('D13 knows its products with aisles, notes and staples, and wants those that were chosen', () => {
    const from = phone(1);
    const { id: milk } = addItem(from, { name: 'Milk', amount: { quantity: 2, unit: 'l' }, category: 'dairy' }, anna());
    const { id: ham } = addItem(from, { name: 'Ham', note: 'thin', category: 'meat' }, anna());
    const { id: tea } = addItem(from, { name: 'Tea', category: 'drinks' }, anna());
    const { id: gone } = addItem(from, { name: 'Gone' }, anna());
    tickItem(from, milk, anna(1));
    setStaple(from, milk, true, anna(2));
    removeItem(from, tea, anna(2));
    removeItem(from, gone, anna(2));
    forgetProduct(from, gone, anna(2));
    renameItem(from, ham, 'Parma ham', anna(2));

    const to = phone(2);
    createList(to, 'Party', ben(9));
    copyProducts(from, to, new Set([milk, tea]), ben(9));
    expect(describeView(to)).toBe('Milk[ ] 2 l dairy, Tea[ ] 1 drinks');
    expect(to.products().map(({ name }) => name)).toEqual(['Milk', 'Parma ham', 'Tea']);
    expect(to.entry(ham)?.product).toMatchObject({ note: 'thin', category: 'meat', lastGotAt: null });
    expect(to.item(milk)?.wantedBy).toBe(ben().memberId);
    expect(to.entry(milk)?.product.isStaple).toBe(true);
    expect(from.item(milk)?.isTicked).toBe(true);
    expect(idOf(to, 'Parma ham')).toBe(ham);
  });
});
