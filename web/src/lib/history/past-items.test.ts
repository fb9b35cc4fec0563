import { describe, expect, it } from 'vitest';
import { addItem, ListDocument, removeItem, setAmount, setCategory, setNote, tickItem } from '@trolley/shared/document';
import { createMemberId } from '@trolley/shared/protocol';
import { goneItems, standingOf } from './past-items.ts';

const author = { memberId: createMemberId((length) => new Uint8Array(length).fill(1)), nowMs: Date.UTC(2027, 5, 1) };

describe('what became of the past', () => {
  const begin = () => {
    const document = new ListDocument();
    const { id } = addItem(document, { name: 'Milk' }, author);
    const past = document.view.items;
    const [item] = past;
    if (item === undefined) throw new Error('milk was added');
    return { document, id, past, item };
  };

  it.each([
    ['its amount', (document: ListDocument, id) => setAmount(document, id, { quantity: 2, unit: 'l' }, author)],
    ['its unit', (document: ListDocument, id) => setAmount(document, id, { quantity: 1, unit: 'l' }, author)],
    ['its note', (document: ListDocument, id) => setNote(document, id, 'organic', author)],
    ['its aisle', (document: ListDocument, id) => setCategory(document, id, 'dairy', author)],
    ['its tick', (document: ListDocument, id) => tickItem(document, id, author)],
  ] satisfies (readonly [string, (document: ListDocument, id: ReturnType<typeof begin>['id']) => unknown])[])(
    'W50 tells an item apart by %s',
    (_name, act) => {
      const { document, id, item } = begin();
      expect(standingOf(item, document.item(id))).toBe('same');
      act(document, id);
      expect(standingOf(item, document.item(id))).toBe('changed');
    },
  );

  it('W50 tells what is gone', () => {
    const { document, id, past, item } = begin();
    expect(goneItems(past, (wanted) => document.item(wanted))).toEqual([]);
    removeItem(document, id, author);
    expect(standingOf(item, document.item(id))).toBe('gone');
    expect(goneItems(past, (wanted) => document.item(wanted))).toEqual([item]);
  });
});
