import { addItem, ListDocument, tickItem, type CategoryId, type Item } from '@trolley/shared/document';
import { memberIdSchema } from '@trolley/shared/protocol';
import { addStore } from '@trolley/shared/shopping';
import { parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { arrange } from '#lib/list/sections.ts';
import { arrangeForStore } from './arrange-for-store.ts';

const author = { memberId: parse(memberIdSchema, 'annaAAAA'), nowMs: Date.UTC(2027, 0, 1) };
const order: readonly CategoryId[] = ['dairy', 'care', 'produce'];

function list() {
  const document = new ListDocument();
  for (const [name, category] of [
    ['Apples', 'produce'],
    ['Milk', 'dairy'],
    ['Soap', 'care'],
    ['Cheese', 'dairy'],
  ] as const) {
    addItem(document, { name, category }, author);
  }
  const itemOf = (name: string): Item => {
    const item = document.view.items.find((one) => one.name === name);
    if (item === undefined) throw new Error(`no ${name}`);
    return item;
  };
  return {
    document,
    itemOf,
    market: addStore(document, 'Market', author).id,
    lidl: addStore(document, 'Lidl', author).id,
  };
}

function names(items: readonly Item[]): string[] {
  return items.map(({ name }) => name);
}

describe('a list in a store', () => {
  it('W60 is sorted by its aisles, and sections that stay whole stay the same', () => {
    const { document } = list();
    const arrangement = arrange(document.view.items, new Map());
    const arranged = arrangeForStore(arrangement, { store: null, order, itemStores: new Map() });
    expect(arranged.sections.map(({ items }) => names(items))).toEqual([['Milk', 'Cheese'], ['Soap'], ['Apples']]);
    expect(arranged.sections.every((section) => arrangement.sections.includes(section))).toBe(true);
    expect([arranged.toBuy, arranged.ticked, arranged.elsewhere]).toEqual([4, 0, []]);
  });

  it('W61 puts aside what is bought elsewhere only, ticked or not, and counts what is here', () => {
    const { document, itemOf, market, lidl } = list();
    for (const name of ['Milk', 'Soap']) tickItem(document, itemOf(name).id, author);
    const itemStores = new Map([
      [itemOf('Milk').id, [market]],
      [itemOf('Cheese').id, [market, lidl]],
      [itemOf('Apples').id, [market]],
    ]);
    const arrangement = arrange(document.view.items, new Map());
    const arranged = arrangeForStore(arrangement, { store: lidl, order, itemStores });
    expect(arranged.sections.map(({ items }) => names(items))).toEqual([['Cheese']]);
    expect(names(arranged.trolley)).toEqual(['Soap']);
    expect(names(arranged.elsewhere)).toEqual(['Apples', 'Milk']);
    expect([arranged.toBuy, arranged.ticked]).toEqual([1, 1]);
    expect(arrangeForStore(arrangement, { store: null, order, itemStores }).elsewhere).toEqual([]);
  });

  it('W60 counts as got what was just ticked and still stands in its place', () => {
    const { document, itemOf } = list();
    const milk = itemOf('Milk').id;
    tickItem(document, milk, author);
    const held = arrange(document.view.items, new Map([[milk, false]]));
    const arranged = arrangeForStore(held, { store: null, order, itemStores: new Map() });
    expect(names(arranged.sections[0]?.items ?? [])).toEqual(['Milk', 'Cheese']);
    expect([arranged.toBuy, arranged.ticked, arranged.trolley]).toEqual([3, 1, []]);
  });
});
