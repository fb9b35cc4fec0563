import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anna, ben, exchange, idOf, phone } from '../fixtures/family.ts';
import type { ListDocument } from '../list-document.ts';
import type { ItemId } from '../model/item-id.ts';
import { addItem } from './add-item.ts';
import { moveItem } from './move-item.ts';
import { removeItem } from './remove-items.ts';

function listOf(...names: string[]): ListDocument {
  const doc = phone(1);
  for (const name of names) addItem(doc, { name }, anna());
  return doc;
}

function names(doc: ListDocument): string {
  return doc.view.items.map(({ name }) => name).join(' ');
}

function move(doc: ListDocument, name: string, after: string | null) {
  return moveItem(doc, idOf(doc, name), { after: after === null ? null : idOf(doc, after) }, anna());
}

describe('moveItem', () => {
  it('D3 moves behind another item, or to the top, and writes one key', () => {
    const doc = listOf('A', 'B', 'C', 'D');
    expect(move(doc, 'A', 'C')?.entries.map(({ root }) => root)).toEqual(['order']);
    expect(names(doc)).toBe('B C A D');
    move(doc, 'D', null);
    expect(names(doc)).toBe('D B C A');
    move(doc, 'D', 'A');
    expect(names(doc)).toBe('B C A D');
  });

  it('D3 does nothing for places and items that are not on the list', () => {
    const doc = listOf('A', 'B', 'C');
    removeItem(doc, idOf(doc, 'C'), anna());
    expect([move(doc, 'A', 'C'), move(doc, 'C', 'A'), move(doc, 'A', 'A')]).toEqual([null, null, null]);
    expect(names(doc)).toBe('A B');
  });

  it('D3 finds a place where concurrent moves have left equal keys', () => {
    const doc = listOf('A', 'B', 'C', 'D');
    const other = phone(2, doc.encode());
    moveItem(doc, idOf(doc, 'C'), { after: idOf(doc, 'A') }, anna());
    moveItem(other, idOf(doc, 'D'), { after: idOf(doc, 'A') }, ben());
    exchange(doc, other);
    const [, first, second] = doc.view.items;
    expect(doc.read('order', first?.id ?? '')).toBe(doc.read('order', second?.id ?? ''));
    move(doc, 'B', first?.name ?? '');
    expect(doc.view.items.findIndex(({ name }) => name === 'B')).toBeGreaterThan(1);
    move(doc, 'B', null);
    expect(names(doc)).toMatch(/^B A/);
  });

  it('D3 passes over keys that are no keys, its own too', () => {
    const doc = listOf('A', 'B', 'C');
    doc.write([{ root: 'order', key: idOf(doc, 'B'), value: 'zzzz!!' }]);
    expect(names(doc)).toBe('A C B');
    move(doc, 'A', 'B');
    expect(names(doc)).toBe('C A B');
    move(doc, 'B', 'C');
    expect(names(doc)).toBe('C B A');
  });

  it('D3 never loses an item however often one spot is moved into', () => {
    const doc = listOf('A', 'B', 'C');
    for (let i = 0; i < 2_000; i++) {
      move(doc, i % 2 === 0 ? 'B' : 'C', 'A');
      expect(doc.view.items[0]?.name).toBe('A');
    }
    expect(String(doc.read('order', idOf(doc, 'C'))).length).toBeLessThanOrEqual(256);
  });

  it('D3 puts an item right behind the other wherever keys are distinct', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 7 }), fc.option(fc.nat({ max: 7 }))), { maxLength: 60 }), (moves) => {
        const doc = listOf('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H');
        for (const [from, to] of moves) {
          const ids: ItemId[] = doc.view.items.map(({ id }) => id);
          const [id, after] = [ids[from], to === null ? null : (ids[to] ?? null)];
          if (id === undefined || id === after) continue;
          moveItem(doc, id, { after }, anna());
          const expected = ids.filter((one) => one !== id);
          expected.splice(after === null ? 0 : expected.indexOf(after) + 1, 0, id);
          expect(doc.view.items.map((item) => item.id)).toEqual(expected);
        }
      }),
    );
  });
});
