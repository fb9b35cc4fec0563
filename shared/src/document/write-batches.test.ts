import { describe, expect, it } from 'vitest';
import { limits } from '../protocol/index.ts';
import { addItem } from './commands/add-item.ts';
import { setNote } from './commands/edit-item.ts';
import { clearTicked, restoreItems } from './commands/remove-items.ts';
import { tickItem } from './commands/tick-item.ts';
import { anna, phone } from './fixtures/family.ts';
import { inspectUpdate } from './guard/inspect-update.ts';
import { undoChange } from './undo/undo-change.ts';

describe('an edit of a whole long list', () => {
  it('D3 is cut into updates that can each be pushed, and still is one change', { timeout: 60_000 }, () => {
    const doc = phone(1);
    for (let i = 0; i < limits.maxItems; i++) {
      const { id } = addItem(doc, { name: `Item ${i}`, amount: { quantity: 0.1, unit: '½ Kästchen' } }, anna());
      tickItem(doc, id, anna(1));
    }
    const updates: Uint8Array[] = [];
    const other = phone(2, doc.encode());
    doc.onLocalUpdate((update) => updates.push(update));
    const listed = doc.view.items;

    const cleared = clearTicked(doc, anna(2));
    expect(updates).toHaveLength(1);
    const restored = cleared && undoChange(doc, cleared, anna(3));
    expect(restored?.entries).toHaveLength(limits.maxItems);
    expect(doc.view.items).toEqual(listed);
    clearTicked(doc, anna(4));
    restoreItems(doc, listed, anna(5));

    expect(updates.length).toBeGreaterThan(4);
    for (const update of updates) expect(inspectUpdate(update, limits.maxUpdateBytes)).toEqual({ ok: true });
    expect(other.applyAll(updates, 'remote').every(({ applied }) => applied)).toBe(true);
    expect(other.view).toEqual(doc.view);
  });

  it('D3 is cut by what it weighs, not only by how many keys it has', () => {
    const doc = phone(1);
    const ids = Array.from({ length: 60 }, (_, i) => addItem(doc, { name: `Item ${i}` }, anna()).id);
    const updates: Uint8Array[] = [];
    doc.onLocalUpdate((update) => updates.push(update));
    doc.write(ids.map((key) => ({ root: 'note', key, value: '½'.repeat(limits.maxNoteLength) })));
    expect(updates.length).toBeGreaterThan(1);
    for (const update of updates) expect(update.length).toBeLessThan(limits.maxUpdateBytes);
    expect(setNote(doc, ids[0] ?? addItem(doc, { name: 'x' }, anna()).id, 'short', anna())).not.toBeNull();
  });
});
