import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addItem } from '../commands/add-item.ts';
import { anna, idOf, phone } from '../fixtures/family.ts';
import type { ListDocument } from '../list-document.ts';
import { categoryIds } from '../model/category.ts';
import { undoChange } from '../undo/undo-change.ts';
import { readAisles } from './aisles.ts';
import { shoppingBounds } from './bounds.ts';
import { readItemStores, readStores } from './read-stores.ts';
import { addStore, moveAisle, removeStore, renameStore, resetAisles, setItemStore } from './store-commands.ts';
import type { StoreId } from './store-id.ts';
import { anyStore } from './store.ts';

function names(doc: ListDocument): string[] {
  return readStores(doc)
    .map(({ name }) => name)
    .sort();
}

function storesOf(doc: ListDocument, item: string): readonly StoreId[] {
  return readItemStores(doc, readStores(doc)).get(idOf(doc, item)) ?? [];
}

describe('stores of a list', () => {
  it('D16 are added once under a name, renamed and removed, and each of these is undone', () => {
    const doc = phone(1);
    const { id, change } = addStore(doc, '  Lidl ', anna());
    expect(addStore(doc, 'LIDL', anna())).toEqual({ id, change: null });
    const renamed = renameStore(doc, id, 'Lidl South', anna());
    expect(names(doc)).toEqual(['Lidl South']);
    expect(addStore(doc, 'Lidl', anna()).id).not.toBe(id);
    const removed = removeStore(doc, id, anna());
    expect(names(doc)).toEqual(['Lidl']);
    for (const done of [removed, renamed]) if (done) undoChange(doc, done, anna());
    expect(names(doc)).toEqual(['Lidl', 'Lidl']);
    if (change) undoChange(doc, change, anna());
    expect(names(doc)).toEqual(['Lidl']);
  });

  it('D16 have a name, and there are no more than twenty', () => {
    const doc = phone(1);
    expect(() => addStore(doc, ' \n ', anna())).toThrow('a store has a name');
    for (let i = 0; i < shoppingBounds.maxStores; i++) addStore(doc, `Store ${i}`, anna());
    expect(() => addStore(doc, 'one more', anna())).toThrow('at most 20');
    expect(() => addStore(doc, 'store 3', anna())).not.toThrow();
  });

  it('D16 an item is bought at several, and anywhere when all of them are gone', () => {
    const doc = phone(1);
    addItem(doc, { name: 'Milk' }, anna());
    const [lidl, market] = ['Lidl', 'Market'].map((name) => addStore(doc, name, anna()).id);
    if (lidl === undefined || market === undefined) throw new Error('no store');
    const milk = idOf(doc, 'Milk');
    setItemStore(doc, milk, lidl, true, anna());
    const change = setItemStore(doc, milk, market, true, anna());
    expect(storesOf(doc, 'Milk').toSorted()).toEqual([lidl, market].sort());
    if (change) undoChange(doc, change, anna());
    expect(storesOf(doc, 'Milk')).toEqual([lidl]);
    const removed = removeStore(doc, lidl, anna());
    expect(storesOf(doc, 'Milk')).toEqual([]);
    if (removed) undoChange(doc, removed, anna());
    expect(storesOf(doc, 'Milk')).toEqual([lidl]);
  });

  it('D16 a store that was removed comes back under its name with what it had', () => {
    const doc = phone(1);
    const { id } = addStore(doc, 'Lidl', anna());
    moveAisle(doc, id, 'pets', null, anna());
    removeStore(doc, id, anna());
    expect(addStore(doc, 'lidl', anna()).id).toBe(id);
    expect(readAisles(doc, id).order[0]).toBe('pets');
  });

  it('D5 what is no name of a store is none', () => {
    const doc = phone(1);
    for (const [key, value] of [
      ['aaaaaaaa', { name: '' }],
      ['bbbbbbbb', { name: 7 }],
      ['cccccccc', 'Lidl'],
      ['dddddddd', { name: 'x'.repeat(41) }],
      ['eeeeeeee', { name: 'Lidl', colour: 3 }],
    ] as const) {
      doc.write([{ root: 'store', key, value }]);
    }
    expect(readStores(doc)).toEqual([{ id: 'eeeeeeee', name: 'Lidl' }]);
  });
});

describe('aisles of a store', () => {
  it('D16 are as in most shops until somebody moves one, which is one small write and is undone', () => {
    const doc = phone(1);
    expect(readAisles(doc, anyStore)).toEqual({ order: categoryIds, from: 'usual' });
    const change = moveAisle(doc, anyStore, 'pets', 'produce', anna());
    expect(change?.entries).toHaveLength(1);
    expect(readAisles(doc, anyStore)).toEqual({
      order: ['produce', 'pets', ...categoryIds.filter((id) => id !== 'produce' && id !== 'pets')],
      from: 'own',
    });
    expect(moveAisle(doc, anyStore, 'pets', 'produce', anna())).toBeNull();
    if (change) undoChange(doc, change, anna());
    expect(readAisles(doc, anyStore)).toEqual({ order: categoryIds, from: 'usual' });
  });

  it('D16 stand in any order that is asked for, and fall back at once', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(13), fc.nat(14)), { maxLength: 40 }), (moves) => {
        const doc = phone(1);
        let expected: readonly string[] = categoryIds;
        for (const [from, to] of moves) {
          const category = categoryIds[from] ?? 'other';
          const others = expected.filter((id) => id !== category);
          const after = categoryIds.find((id) => id === others[to - 1]) ?? null;
          moveAisle(doc, anyStore, category, after, anna());
          expected = others.toSpliced(after === null ? 0 : others.indexOf(after) + 1, 0, category);
          expect(readAisles(doc, anyStore).order).toEqual(expected);
        }
        resetAisles(doc, anyStore, anna());
        expect(readAisles(doc, anyStore)).toEqual({ order: categoryIds, from: 'usual' });
      }),
      { numRuns: 50 },
    );
  });

  it('D5 what is no place is none, and an order that was learnt has every aisle once', () => {
    const doc = phone(1);
    doc.write([
      { root: 'aisle', key: `${anyStore}pets`, value: '!!' },
      { root: 'aisle', key: `${anyStore}tools`, value: 'a0' },
      { root: 'walk', key: anyStore, value: ['pets', 'tools', 7, 'pets', 'dairy'] },
    ]);
    expect(readAisles(doc, anyStore)).toEqual({
      order: ['pets', 'dairy', ...categoryIds.filter((id) => id !== 'pets' && id !== 'dairy')],
      from: 'learnt',
    });
    doc.write([{ root: 'walk', key: anyStore, value: 'pets' }]);
    expect(readAisles(doc, anyStore).from).toBe('usual');
  });
});
