import { describe, expect, it } from 'vitest';
import { limits } from '../protocol/index.ts';
import { addItem } from './commands/add-item.ts';
import { setAmount, setNote } from './commands/edit-item.ts';
import { moveItem } from './commands/move-item.ts';
import { clearTicked, removeItem } from './commands/remove-items.ts';
import { tickItem, untickItem } from './commands/tick-item.ts';
import { anna, idOf, phone } from './fixtures/family.ts';
import { inspectUpdate } from './guard/inspect-update.ts';
import type { ListDocument } from './list-document.ts';

/** A week's list, half of it ticked, made by another client: its clock and id cost what they do in life. */
function weeksList(): ListDocument {
  const doc = phone(0xfedc_ba98);
  for (let i = 0; i < 40; i++) {
    const { id } = addItem(doc, { name: `Product ${i}`, category: 'produce' }, anna());
    if (i % 2 === 0) tickItem(doc, id, anna(5));
  }
  return phone(0xf123_4567, doc.encode());
}

const milk = { name: 'Milk', amount: { quantity: 2, unit: 'l' }, category: 'dairy' } as const;

describe('the update of one tap', () => {
  it.each([
    ['wanting a new product', 140, (doc: ListDocument) => addItem(doc, milk, anna(9)).change],
    ['wanting a known product', 64, (doc: ListDocument) => addItem(doc, { name: 'Product 2' }, anna(9)).change],
    ['a tick', 64, (doc: ListDocument) => tickItem(doc, idOf(doc, 'Product 1'), anna(9))],
    ['taking a tick back', 64, (doc: ListDocument) => untickItem(doc, idOf(doc, 'Product 2'), anna(9))],
    ['an amount', 64, (doc: ListDocument) => setAmount(doc, idOf(doc, 'Product 1'), milk.amount, anna(9))],
    ['a short note', 64, (doc: ListDocument) => setNote(doc, idOf(doc, 'Product 1'), 'organic', anna(9))],
    ['a move', 64, (doc: ListDocument) => moveItem(doc, idOf(doc, 'Product 1'), { after: null }, anna(9))],
    ['a removal', 64, (doc: ListDocument) => removeItem(doc, idOf(doc, 'Product 1'), anna(9))],
    ['clearing twenty', 200, (doc: ListDocument) => clearTicked(doc, anna(9))],
  ])('D3 %s takes at most %d bytes and passes the guard', (_name, maxBytes, command) => {
    const doc = weeksList();
    const updates: Uint8Array[] = [];
    doc.onLocalUpdate((update) => updates.push(update));
    expect(command(doc)).not.toBeNull();
    expect(updates).toHaveLength(1);
    for (const update of updates) {
      expect(update.length).toBeLessThanOrEqual(maxBytes);
      expect(inspectUpdate(update, limits.maxUpdateBytes)).toEqual({ ok: true });
    }
  });
});
