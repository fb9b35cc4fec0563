import { describe, expect, it } from 'vitest';
import { limits } from '../../protocol/index.ts';
import { anna, ben, phone } from '../fixtures/family.ts';
import { itemIdOf } from '../model/item-id.ts';
import { toMinute } from '../model/minute.ts';
import { addItem } from './add-item.ts';
import { renameItem, setAmount, setCategory, setNote } from './edit-item.ts';
import { createList, renameList } from './list-commands.ts';
import { moveItem } from './move-item.ts';
import { clearTicked, forgetProduct, removeItem, restoreItems } from './remove-items.ts';

const refusedAs = (code: string): unknown => expect.objectContaining({ name: 'TrolleyError', code });
const now = (minute: number) => toMinute(anna(minute).nowMs);

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
      restoreItems(doc, [{ id, amount: null }], anna()),
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
