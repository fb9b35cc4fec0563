import { describe, expect, it } from 'vitest';
import { addItem } from '../commands/add-item.ts';
import { renameItem, setAmount, setCategory, setNote } from '../commands/edit-item.ts';
import { renameList } from '../commands/list-commands.ts';
import { moveItem } from '../commands/move-item.ts';
import { clearTicked, forgetProduct, removeItem, restoreItems } from '../commands/remove-items.ts';
import { tickItem, untickItem } from '../commands/tick-item.ts';
import { anna, ben, describeView, exchange, idOf, phone } from '../fixtures/family.ts';
import type { ListDocument } from '../list-document.ts';
import type { Change } from '../model/change.ts';
import { undoChange } from './undo-change.ts';

/** Milk to buy, bread ticked, eggs known but not on the list. */
function kitchen(): ListDocument {
  const doc = phone(1);
  renameList(doc, 'Home', anna());
  for (const name of ['Milk', 'Bread', 'Eggs']) addItem(doc, { name, note: 'fresh', category: 'dairy' }, anna());
  tickItem(doc, idOf(doc, 'Bread'), anna(1));
  removeItem(doc, idOf(doc, 'Eggs'), anna(1));
  return doc;
}

function shown(doc: ListDocument): string {
  const suggested = doc.products().map(({ name }) => name);
  return `${doc.view.title}: ${describeView(doc)} | ${suggested.sort().join(', ')}`;
}

/** A change as it comes back from storage. */
function stored(change: Change | null): Change {
  if (change === null) throw new Error('nothing changed');
  expect(JSON.parse(JSON.stringify(change))).toEqual(change);
  return structuredClone(change);
}

const commands: readonly (readonly [name: string, command: (doc: ListDocument) => Change | null])[] = [
  ['adding a known product', (doc) => addItem(doc, { name: 'Eggs', note: 'big' }, anna(9)).change],
  ['adding again what is ticked', (doc) => addItem(doc, { name: 'Bread' }, anna(9)).change],
  ['ticking', (doc) => tickItem(doc, idOf(doc, 'Milk'), anna(9))],
  ['unticking', (doc) => untickItem(doc, idOf(doc, 'Bread'), anna(9))],
  ['an amount', (doc) => setAmount(doc, idOf(doc, 'Milk'), { quantity: 2, unit: 'l' }, anna(9))],
  ['a note', (doc) => setNote(doc, idOf(doc, 'Milk'), '', anna(9))],
  ['an aisle', (doc) => setCategory(doc, idOf(doc, 'Milk'), 'drinks', anna(9))],
  ['a name', (doc) => renameItem(doc, idOf(doc, 'Milk'), 'Oat milk', anna(9))],
  ['a move', (doc) => moveItem(doc, idOf(doc, 'Bread'), { after: null }, anna(9))],
  ['removing', (doc) => removeItem(doc, idOf(doc, 'Milk'), anna(9))],
  ['clearing', (doc) => clearTicked(doc, anna(9))],
  ['restoring', (doc) => restoreItems(doc, [{ id: idOf(doc, 'Eggs'), amount: null }], anna(9))],
  ['forgetting', (doc) => forgetProduct(doc, idOf(doc, 'Eggs'), anna(9))],
  ['a title', (doc) => renameList(doc, 'Cabin', anna(9))],
];

describe('undoChange', () => {
  it.each(commands)('D2 takes back %s, and does it again', (_name, command) => {
    const doc = kitchen();
    const before = shown(doc);
    const change = stored(command(doc));
    const after = shown(doc);
    expect(after).not.toBe(before);
    const redo = stored(undoChange(doc, change, anna(10)));
    expect(shown(doc)).toBe(before);
    const undo = stored(undoChange(doc, redo, anna(11)));
    expect(shown(doc)).toBe(after);
    undoChange(doc, undo, anna(12));
    expect(shown(doc)).toBe(before);
  });

  it.each(commands)('D2 leaves alone what somebody else has written since: %s', (_name, command) => {
    const doc = kitchen();
    const change = stored(command(doc));
    const [entry] = change.entries;
    const other = phone(2, doc.encode());
    renameList(other, 'Theirs', ben(20));
    for (const name of ['Milk', 'Bread', 'Eggs']) {
      const id = [...other.entries()].find(({ product }) => product.name.endsWith(name.toLowerCase().slice(1)))?.product
        .id;
      if (!id) continue;
      addItem(other, { name, amount: { quantity: 7, unit: 'x' } }, ben(20));
      other.write([{ root: 'g', key: id, value: [1, 'benBBBBB'] }]);
      setNote(other, id, 'theirs', ben(20));
      setCategory(other, id, 'fish', ben(20));
      moveItem(other, id, { after: null }, ben(20));
      renameItem(other, id, `Their ${name}`, ben(20));
    }
    exchange(doc, other);
    const theirs = shown(doc);
    undoChange(doc, { ...change, entries: change.entries.slice(0, 1) }, anna(30));
    expect([entry?.root, shown(doc)]).toEqual([entry?.root, theirs]);
  });

  it('D2 hides a product that the change made known, and keeps its place, so that wanting it again is whole', () => {
    const doc = kitchen();
    const { change, id } = addItem(doc, { name: 'Jam', category: 'pantry', note: 'plum' }, anna(9));
    const redo = stored(undoChange(doc, stored(change), anna(10)));
    expect(doc.item(id)).toBeUndefined();
    expect(doc.products().map(({ name }) => name)).not.toContain('Jam');
    expect(doc.read('p', id)).toEqual({ name: 'Jam', x: 1 });
    undoChange(doc, redo, anna(11));
    expect(doc.item(id)).toMatchObject({ name: 'Jam', category: 'pantry', note: 'plum' });
    expect(doc.products().map(({ name }) => name)).toContain('Jam');
  });

  it('D2 does not hide a new product that somebody else wants by now', () => {
    const doc = kitchen();
    const { change, id } = addItem(doc, { name: 'Jam' }, anna(9));
    const other = phone(2, doc.encode());
    setAmount(other, id, { quantity: 2, unit: '' }, ben(10));
    exchange(doc, other);
    undoChange(doc, stored(change), anna(11));
    expect(doc.item(id)?.amount.quantity).toBe(2);
    expect(doc.products().map(({ name }) => name)).toContain('Jam');
  });

  it('D2 wants nothing again that has lost its product', () => {
    const doc = kitchen();
    const change = stored(removeItem(doc, idOf(doc, 'Milk'), anna(9)));
    const nextEpoch = phone(5);
    addItem(nextEpoch, { name: 'Bread' }, anna(10));
    expect(undoChange(nextEpoch, change, anna(11))).toBeNull();
    expect([...nextEpoch.keys('w')]).toHaveLength(1);
  });

  it('D2 answers null when nothing of it stands', () => {
    const doc = kitchen();
    const change = stored(setNote(doc, idOf(doc, 'Milk'), 'organic', anna(9)));
    setNote(doc, idOf(doc, 'Milk'), 'cheap', ben(10));
    expect(undoChange(doc, change, anna(11))).toBeNull();
  });
});
