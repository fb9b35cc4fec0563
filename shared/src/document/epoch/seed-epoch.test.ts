import { describe, expect, it } from 'vitest';
import { limits } from '../../protocol/index.ts';
import { addItem } from '../commands/add-item.ts';
import { createList } from '../commands/list-commands.ts';
import { moveItem } from '../commands/move-item.ts';
import { clearTicked, forgetProduct, removeItem } from '../commands/remove-items.ts';
import { tickItem } from '../commands/tick-item.ts';
import { anna, describeView, idOf, phone } from '../fixtures/family.ts';
import { inspectUpdate } from '../guard/inspect-update.ts';
import type { ListDocument } from '../list-document.ts';
import { seedEpoch } from './seed-epoch.ts';

const week = 7 * 24 * 60;

function buy(doc: ListDocument, name: string, minute: number): void {
  tickItem(doc, addItem(doc, { name, note: 'usual', category: 'dairy' }, anna(minute)).id, anna(minute));
}

/** A list with a past: things on it, bought lately, bought long ago, never bought, forgotten. */
function oldList(): ListDocument {
  const doc = phone(1);
  createList(doc, 'Home', anna());
  buy(doc, 'Christmas pudding', 0);
  buy(doc, 'Flour', 20 * week);
  buy(doc, 'Forgotten', 50 * week);
  clearTicked(doc, anna(50 * week));
  buy(doc, 'Milk', 60 * week);
  clearTicked(doc, anna(60 * week));
  forgetProduct(doc, idOf(doc, 'Forgotten'), anna(60 * week));
  removeItem(doc, addItem(doc, { name: 'Typo' }, anna(60 * week)).id, anna(60 * week));
  for (const name of ['Ham', 'Eggs', 'Bread']) addItem(doc, { name }, anna(60 * week));
  tickItem(doc, idOf(doc, 'Eggs'), anna(60 * week + 5));
  moveItem(doc, idOf(doc, 'Bread'), { after: null }, anna(60 * week + 6));
  return doc;
}

const nowMs = anna(60 * week + 10).nowMs;

describe('seedEpoch', () => {
  it('D6 keeps what is on the list as it is, in its order', () => {
    const doc = oldList();
    const seed = seedEpoch(doc, 4, { nowMs });
    expect(seed.view).toEqual(doc.view);
    expect(describeView(seed)).toMatch(/^Bread.*Ham.*Eggs\[x\]/);
  });

  it('D6 remembers what was bought within a year and a week, and forgets the rest', () => {
    const names = seedEpoch(oldList(), 4, { nowMs })
      .products()
      .map(({ name }) => name);
    expect(names.sort()).toEqual(['Bread', 'Eggs', 'Flour', 'Ham', 'Milk']);
  });

  it('D6 keeps a forgotten product that is on the list', () => {
    const doc = oldList();
    forgetProduct(doc, idOf(doc, 'Ham'), anna(61 * week));
    const seed = seedEpoch(doc, 4, { nowMs });
    expect(seed.view).toEqual(doc.view);
    expect(seed.read('p', idOf(seed, 'Ham'))).toEqual({ name: 'Ham', x: 1 });
  });

  it('D6 is one client, one update that passes the guard, and knows its epoch', () => {
    const seed = seedEpoch(oldList(), 4, { nowMs, clientId: 9 });
    expect(seed.stats().clientIds).toBe(1);
    expect(inspectUpdate(seed.encode(), limits.maxSnapshotBytes)).toEqual({ ok: true });
    expect([seed.epoch, phone(2, seed.encode()).epoch, seed.clientId]).toEqual([4, 4, 9]);
    expect(seed.encode().length).toBeLessThan(oldList().encode().length);
  });

  it('D6 is the same bytes from the same document, whoever seeds it', () => {
    const [a, b] = [oldList(), phone(7, oldList().encode())].map((doc) =>
      seedEpoch(doc, 4, { nowMs, clientId: 9 }).encode(),
    );
    expect(a).toEqual(b);
  });

  it('D6 numbers the list anew when keys have grown long', () => {
    const doc = oldList();
    for (let i = 0; i < 300; i++)
      moveItem(doc, idOf(doc, i % 2 === 0 ? 'Ham' : 'Eggs'), { after: idOf(doc, 'Bread') }, anna(i));
    const keyLengths = (of: ListDocument) => [...of.entries()].map(({ order }) => order?.length ?? 0);
    expect(Math.max(...keyLengths(doc))).toBeGreaterThan(32);
    const seed = seedEpoch(doc, 4, { nowMs });
    expect(Math.max(...keyLengths(seed))).toBeLessThanOrEqual(4);
    expect(seed.view).toEqual(doc.view);
  });

  it('D6 leaves behind what is damaged', () => {
    const doc = oldList();
    doc.write([
      { root: 'p', key: idOf(doc, 'Milk'), value: { name: '' } },
      { root: 'order', key: idOf(doc, 'Ham'), value: 'zzzz!!' },
      { root: 'w', key: idOf(doc, 'Flour'), value: [-1] },
    ]);
    const seed = seedEpoch(doc, 4, { nowMs });
    expect(seed.view).toEqual(doc.view);
    expect([...seed.keys('p')]).toHaveLength(4);
    expect([...seed.keys('w')]).toHaveLength(3);
    expect([...seed.keys('order')]).toHaveLength(3);
  });
});
