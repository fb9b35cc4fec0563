import { describe, expect, it } from 'vitest';
import { addItem, ListDocument, tickItem, type Author, type CategoryId, type ItemId } from '@trolley/shared/document';
import { createMemberId } from '@trolley/shared/protocol';
import { arrange, firstRows } from './sections.ts';

const author: Author = {
  memberId: createMemberId((length) => new Uint8Array(length)),
  nowMs: Date.UTC(2026, 10, 21, 9, 0),
};
const later = (minutes: number): Author => ({ ...author, nowMs: author.nowMs + minutes * 60_000 });
const none: ReadonlyMap<ItemId, boolean> = new Map();

function listOf(products: Readonly<Record<string, CategoryId>>) {
  const document = new ListDocument();
  for (const [name, category] of Object.entries(products)) addItem(document, { name, category }, author);
  return document;
}

function idOf(document: ListDocument, name: string): ItemId {
  const item = document.view.items.find((candidate) => candidate.name === name);
  if (item === undefined) throw new Error(`${name} is not on the list`);
  return item.id;
}

function names(items: readonly { name: string }[]): string[] {
  return items.map((item) => item.name);
}

describe('W6 a list is shown by category, ticked items in the trolley', () => {
  it('W6 sections follow the walk through the shop, items the order of the list', () => {
    const document = listOf({ Milk: 'dairy', Pears: 'produce', Eggs: 'dairy' });
    const { sections, toBuy } = arrange(document.view.items, none);
    expect(sections.map((section) => [section.category, names(section.items)])).toEqual([
      ['produce', ['Pears']],
      ['dairy', ['Milk', 'Eggs']],
    ]);
    expect(toBuy).toBe(3);
  });

  it('W6 ticked items are in the trolley, the latest first, and no longer to buy', () => {
    const document = listOf({ Milk: 'dairy', Pears: 'produce', Eggs: 'dairy' });
    tickItem(document, idOf(document, 'Milk'), later(1));
    tickItem(document, idOf(document, 'Eggs'), later(2));
    const arrangement = arrange(document.view.items, none);
    expect(names(arrangement.trolley)).toEqual(['Eggs', 'Milk']);
    expect(arrangement).toMatchObject({ toBuy: 1, ticked: 2 });
  });

  it('W7 an item that is held stays where it was, but counts as what it is', () => {
    const document = listOf({ Milk: 'dairy', Eggs: 'dairy' });
    const milk = idOf(document, 'Milk');
    tickItem(document, milk, later(1));
    const arrangement = arrange(document.view.items, new Map([[milk, false]]));
    expect(arrangement.sections.map((section) => names(section.items))).toEqual([['Milk', 'Eggs']]);
    expect(arrangement).toMatchObject({ trolley: [], toBuy: 1, ticked: 1 });
  });

  it('W8 what did not change is the same object as before', () => {
    const document = listOf({ Milk: 'dairy', Pears: 'produce' });
    const before = arrange(document.view.items, none);
    expect(arrange(document.view.items, none, before).sections).toBe(before.sections);
    const milk = idOf(document, 'Milk');
    tickItem(document, milk, later(1));
    const after = arrange(document.view.items, new Map([[milk, false]]), before);
    expect(after.sections[0]).toBe(before.sections[0]);
    expect(after.sections[1]).not.toBe(before.sections[1]);
  });
});

describe('W8 a long list is shown in steps', () => {
  it('W8 the first rows keep their order, and what is whole stays the same object', () => {
    const document = listOf({ Pears: 'produce', Milk: 'dairy', Eggs: 'dairy', Tea: 'drinks' });
    const arrangement = arrange(document.view.items, none);
    const first = firstRows(arrangement, 2);
    expect(first.sections.map((section) => names(section.items))).toEqual([['Pears'], ['Milk']]);
    expect(first.sections[0]).toBe(arrangement.sections[0]);
    expect(first).toMatchObject({ toBuy: 4, ticked: 0 });
    expect(firstRows(arrangement, 4).sections).toEqual(arrangement.sections);
  });
});
