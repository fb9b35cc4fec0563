import { describe, expect, it } from 'vitest';
import { addItem } from './commands/add-item.ts';
import { clearTicked } from './commands/remove-items.ts';
import { tickItem, untickItem } from './commands/tick-item.ts';
import { seedEpoch } from './epoch/seed-epoch.ts';
import { cpuTimeMs } from './fixtures/cpu-time.ts';
import { anna, idOf, phone } from './fixtures/family.ts';
import type { ListDocument } from './list-document.ts';
import { usualItems } from './usual-items.ts';

const day = 24 * 60;

function buy(doc: ListDocument, name: string, ...days: number[]): void {
  for (const at of days) {
    tickItem(doc, addItem(doc, { name }, anna(at * day)).id, anna(at * day));
    clearTicked(doc, anna(at * day));
  }
}

const usual = (doc: ListDocument, atDay: number, max = 8) =>
  usualItems(doc, anna(atDay * day).nowMs, max).map(({ name, isDue }) => (isDue ? `${name}!` : name));
const gapsOf = (doc: ListDocument, name: string) => doc.entry(idOf(doc, name))?.product.gaps;

describe('what is usual', () => {
  it('D15 is what is due by its rhythm, then what is bought most often', () => {
    const doc = phone(1);
    buy(doc, 'Milk', 0, 3, 6, 9, 12);
    buy(doc, 'Bread', 10, 11, 12);
    buy(doc, 'Soap', 0, 13);
    buy(doc, 'Jam', 0, 20);
    buy(doc, 'Once', 10);
    expect(usual(doc, 13)).toEqual(['Bread!', 'Milk', 'Soap', 'Jam']);
    expect(usual(doc, 15)).toEqual(['Bread!', 'Milk!', 'Soap', 'Jam']);
    expect(usual(doc, 15, 2)).toEqual(['Bread!', 'Milk!']);
  });

  it('D15 leaves out what is on the list, and what is a habit no more', () => {
    const doc = phone(1);
    buy(doc, 'Milk', 0, 3, 6);
    buy(doc, 'Bread', 0, 3, 6);
    addItem(doc, { name: 'Bread' }, anna(7 * day));
    expect(usual(doc, 9)).toEqual(['Milk!']);
    expect(usual(doc, 60)).toEqual([]);
  });

  it('D15 remembers six gaps, in days, and none of a tick that was taken back', () => {
    const doc = phone(1);
    buy(doc, 'Milk', 0, 7, 10, 11, 13, 20, 27, 34);
    expect(gapsOf(doc, 'Milk')).toEqual([7, 7, 7, 2, 1, 3]);
    const { id } = addItem(doc, { name: 'Milk' }, anna(41 * day));
    tickItem(doc, id, anna(41 * day));
    untickItem(doc, id, anna(41 * day + 1));
    tickItem(doc, id, anna(41 * day + 9));
    expect(gapsOf(doc, 'Milk')).toEqual([7, 7, 7, 7, 2, 1]);
  });

  it('D6 D15 is known to the next epoch', () => {
    const doc = phone(1);
    buy(doc, 'Milk', 0, 3, 6);
    const seed = seedEpoch(doc, 1, { nowMs: anna(7 * day).nowMs });
    expect([gapsOf(seed, 'Milk'), usual(seed, 9)]).toEqual([[3, 3], ['Milk!']]);
  });

  it('D15 is found in a large list in a fraction of 30 ms', () => {
    const doc = phone(1);
    for (let i = 0; i < 2_000; i++) {
      const { id } = addItem(doc, { name: `Product ${i}` }, anna(0));
      tickItem(doc, id, anna(0));
    }
    clearTicked(doc, anna(1));
    for (let i = 0; i < 2_000; i++) {
      const { id } = addItem(doc, { name: `Product ${i}` }, anna(5 * day));
      tickItem(doc, id, anna(5 * day + (i % 900)));
    }
    clearTicked(doc, anna(6 * day));
    const nowMs = anna(10 * day).nowMs;
    expect(usualItems(doc, nowMs, 8)).toHaveLength(8);
    expect(cpuTimeMs(() => usualItems(doc, nowMs, 8))).toBeLessThan(30);
  });
});
