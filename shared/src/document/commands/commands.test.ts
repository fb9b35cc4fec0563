import { describe, expect, it } from 'vitest';
import { limits } from '../../protocol/index.ts';
import { anna, ben, describeView, exchange, idOf, phone } from '../fixtures/family.ts';
import { itemIdOf } from '../model/item-id.ts';
import { fromMinute, maxMinute, toMinute } from '../model/minute.ts';
import { addItem } from './add-item.ts';
import { renameItem, setAmount, setCategory, setNote } from './edit-item.ts';
import { createList, renameList } from './list-commands.ts';
import { moveItem } from './move-item.ts';
import { clearTicked, forgetProduct, removeItem, restoreItems } from './remove-items.ts';
import { tickItem, untickItem } from './tick-item.ts';

const refusedAs = (code: string): unknown => expect.objectContaining({ name: 'TrolleyError', code });
const now = (minute: number) => toMinute(anna(minute).nowMs);

function names(doc: ReturnType<typeof phone>): string[] {
  return doc.view.items.map(({ name }) => name);
}

describe('createList and renameList', () => {
  it('D3 give a tidy title', () => {
    const doc = phone(1);
    createList(doc, '  Our   home\n', anna());
    expect(doc.view.title).toBe('Our home');
    expect([doc.read('meta', 'v'), doc.read('meta', 'epoch')]).toEqual([1, 0]);
    expect(renameList(doc, 'Our home', anna())).toBeNull();
    renameList(doc, 'x'.repeat(500), anna());
    expect(doc.view.title).toHaveLength(limits.maxTitleLength);
    expect(() => renameList(doc, ' \u202e ', anna())).toThrow(refusedAs('bad-request'));
  });
});

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
    expect(addItem(doc, { name: ' ＭＩＬＫ ' }, ben(1))).toEqual({ id, outcome: 'already-listed', change: null });
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
      restoreItems(doc, [listed], anna());
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
    expect(() => restoreItems(doc, [id], anna())).toThrow(refusedAs('too-large'));
    expect(doc.view.items).toHaveLength(limits.maxItems);
  });
});

describe('tickItem and untickItem', () => {
  it('D3 stamp no earlier than what they answer, whatever the clocks say', () => {
    const doc = phone(1);
    const { id } = addItem(doc, { name: 'Milk' }, anna(1_000));
    tickItem(doc, id, ben(10));
    expect(doc.item(id)).toMatchObject({ isTicked: true, gotAt: now(1_000), gotBy: ben().memberId });
    untickItem(doc, id, anna(20));
    expect(doc.item(id)).toMatchObject({ isTicked: false, wantedAt: now(1_001), gotAt: null, gotBy: null });
    tickItem(doc, id, ben(2_000));
    expect(doc.item(id)).toMatchObject({ isTicked: true, gotAt: now(2_000) });
  });

  it('D3 keep the amount', () => {
    const doc = phone(1);
    const { id } = addItem(doc, { name: 'Milk', amount: { quantity: 2, unit: 'l' } }, anna());
    tickItem(doc, id, anna(1));
    untickItem(doc, id, anna(2));
    expect(doc.item(id)?.amount).toEqual({ quantity: 2, unit: 'l' });
  });

  it('D3 work at the very end of time', () => {
    const doc = phone(1);
    const atTheEnd = { ...anna(), nowMs: fromMinute(maxMinute) + 1e12 };
    const { id } = addItem(doc, { name: 'Milk' }, atTheEnd);
    for (let i = 0; i < 3; i++) {
      expect(tickItem(doc, id, anna())).not.toBeNull();
      expect(doc.item(id)).toMatchObject({ isTicked: true, gotAt: maxMinute });
      expect(untickItem(doc, id, anna())).not.toBeNull();
      expect(doc.item(id)).toMatchObject({ isTicked: false, wantedAt: maxMinute });
    }
  });

  it('D3 do nothing to what is not on the list, or is so already', () => {
    const doc = phone(1);
    const { id } = addItem(doc, { name: 'Milk' }, anna());
    expect(untickItem(doc, id, anna())).toBeNull();
    tickItem(doc, id, anna());
    expect(tickItem(doc, id, anna())).toBeNull();
    removeItem(doc, id, anna());
    expect([tickItem(doc, id, anna()), untickItem(doc, id, anna())]).toEqual([null, null]);
  });
});

describe('edits', () => {
  it('D3 write one key, and only when it changes', () => {
    const doc = phone(1);
    const { id } = addItem(doc, { name: 'Milk' }, anna());
    const changes = [
      setAmount(doc, id, { quantity: 1.23456, unit: ' L ' }, anna()),
      setNote(doc, id, ' organic\r\nif possible ', anna()),
      setCategory(doc, id, 'dairy', anna()),
      renameItem(doc, id, 'Oat  milk', anna()),
    ];
    expect(changes.map((change) => change?.entries.map(({ root, key }) => [root, key]))).toEqual([
      [['w', id]],
      [['note', id]],
      [['category', id]],
      [['p', id]],
    ]);
    expect(doc.item(id)).toMatchObject({
      name: 'Oat milk',
      amount: { quantity: 1.235, unit: 'L' },
      note: 'organic\nif possible',
      category: 'dairy',
    });
    expect(setAmount(doc, id, { quantity: 1.235, unit: 'L' }, anna())).toBeNull();
    expect(setNote(doc, id, 'organic\nif possible', anna())).toBeNull();
    expect(setCategory(doc, id, 'dairy', anna())).toBeNull();
    expect(renameItem(doc, id, 'Oat milk', anna())).toBeNull();
  });

  it('D3 say by whom and when', () => {
    const doc = phone(1);
    const { id } = addItem(doc, { name: 'Milk' }, anna());
    expect(setNote(doc, id, 'organic', ben(7))).toMatchObject({ by: ben().memberId, at: now(7) });
  });

  it('D3 do nothing to what the list does not know', () => {
    const doc = phone(1);
    const id = itemIdOf('Milk');
    const none = [
      setAmount(doc, id, { quantity: 1, unit: '' }, anna()),
      setNote(doc, id, 'x', anna()),
      setCategory(doc, id, 'dairy', anna()),
      renameItem(doc, id, 'x', anna()),
      removeItem(doc, id, anna()),
      forgetProduct(doc, id, anna()),
      restoreItems(doc, [id], anna()),
      moveItem(doc, id, { after: null }, anna()),
      clearTicked(doc, anna()),
    ];
    expect(none.every((change) => change === null)).toBe(true);
    expect(doc.encode()).toEqual(phone(1).encode());
  });

  it('D5 keep a category that this version does not know, and show other', () => {
    const doc = phone(1);
    const { id } = addItem(doc, { name: 'Milk' }, anna());
    doc.write([{ root: 'category', key: id, value: 'toys' }]);
    setNote(doc, id, 'x', anna());
    expect(doc.item(id)?.category).toBe('other');
    expect(doc.read('category', id)).toBe('toys');
  });

  it('D3 refuse an empty name', () => {
    const doc = phone(1);
    const { id } = addItem(doc, { name: 'Milk' }, anna());
    expect(() => renameItem(doc, id, ' ', anna())).toThrow(refusedAs('bad-request'));
  });
});

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
    const ids = ['Milk', 'Eggs', 'Milk', 'Bread'].map((name) => idOf(doc, name));
    removeItem(doc, idOf(doc, 'Milk'), anna());
    removeItem(doc, idOf(doc, 'Eggs'), anna());
    expect(restoreItems(doc, ids, anna())?.entries).toHaveLength(2);
    expect(names(doc)).toEqual(['Milk', 'Bread', 'Eggs']);
    expect(restoreItems(doc, ids, anna())).toBeNull();
  });
});
