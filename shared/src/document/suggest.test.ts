import { describe, expect, it } from 'vitest';
import { addItem } from './commands/add-item.ts';
import { renameItem } from './commands/edit-item.ts';
import { clearTicked, forgetProduct, removeItem } from './commands/remove-items.ts';
import { tickItem } from './commands/tick-item.ts';
import { anna, idOf, phone } from './fixtures/family.ts';
import type { ListDocument } from './list-document.ts';
import { suggest } from './suggest.ts';

/** A list that bought these, one a minute, and has nothing on it. */
function listThatBought(...names: string[]): ListDocument {
  const doc = phone(1);
  names.forEach((name, minute) => {
    tickItem(doc, addItem(doc, { name }, anna(minute)).id, anna(minute));
  });
  clearTicked(doc, anna(100));
  return doc;
}

function suggested(doc: ListDocument, typed: string, max = 10): string[] {
  return suggest(doc, typed, max).map(({ name }) => name);
}

describe('suggest', () => {
  it('D1 puts names that begin with it first, then words that do, then names that contain it', () => {
    const doc = listThatBought('Oat milk', 'Milk', 'Buttermilk', 'Milk rolls', 'Bread');
    expect(suggested(doc, 'milk')).toEqual(['Milk rolls', 'Milk', 'Oat milk', 'Buttermilk']);
    expect(suggested(doc, 'milk', 2)).toEqual(['Milk rolls', 'Milk']);
  });

  it('D1 finds a word that begins with it even behind one that contains it', () => {
    const doc = listThatBought('Buttermilk milkshake', 'Buttermilk');
    expect(suggested(doc, 'milk')).toEqual(['Buttermilk milkshake', 'Buttermilk']);
  });

  it('D1 puts what was bought lately first', () => {
    const doc = listThatBought('Ham', 'Halloumi', 'Haddock');
    tickItem(doc, addItem(doc, { name: 'Ham' }, anna(500)).id, anna(501));
    expect(suggested(doc, 'ha')).toEqual(['Ham', 'Haddock', 'Halloumi']);
  });

  it('D1 minds neither case nor accents', () => {
    const doc = listThatBought('Crème fraîche', 'Æbler', 'Größe L');
    expect(suggested(doc, 'CREME FRAI')).toEqual(['Crème fraîche']);
    expect(suggested(doc, 'fraîche')).toEqual(['Crème fraîche']);
    expect(suggested(doc, 'gro')).toEqual(['Größe L']);
  });

  it('D1 leaves out what is on the list to buy and what is hidden, but not what is ticked', () => {
    const doc = listThatBought('Ham', 'Halloumi', 'Haddock', 'Hake');
    addItem(doc, { name: 'Ham' }, anna(200));
    tickItem(doc, addItem(doc, { name: 'Halloumi' }, anna(200)).id, anna(201));
    forgetProduct(doc, idOf(doc, 'Haddock'), anna(202));
    expect(suggested(doc, 'ha')).toEqual(['Halloumi', 'Hake']);
  });

  it('D1 names every name once', () => {
    const doc = listThatBought('Milk', 'Oat milk');
    renameItem(doc, idOf(doc, 'Milk'), 'Oat Milk', anna());
    expect(suggested(doc, 'oat')).toHaveLength(1);
  });

  it('D1 suggests what was used lately when nothing is typed, and nothing that does not match', () => {
    const doc = listThatBought('Ham', 'Milk');
    removeItem(doc, addItem(doc, { name: 'Typo' }, anna(300)).id, anna(301));
    expect(suggested(doc, '')).toEqual(['Milk', 'Ham', 'Typo']);
    expect(suggested(doc, 'xyz')).toEqual([]);
    expect(suggest(phone(1), '', 5)).toEqual([]);
  });
});
