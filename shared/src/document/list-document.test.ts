import { describe, expect, it, vi } from 'vitest';
import { limits } from '../protocol/index.ts';
import { addItem } from './commands/add-item.ts';
import { setNote } from './commands/edit-item.ts';
import { createList, renameList } from './commands/list-commands.ts';
import { clearTicked, removeItem } from './commands/remove-items.ts';
import { tickItem } from './commands/tick-item.ts';
import { anna, ben, describeView, exchange, idOf, phone } from './fixtures/family.ts';
import { first, rawUpdate } from './fixtures/raw-update.ts';
import { inspectUpdate } from './guard/inspect-update.ts';
import { ListDocument, type DocumentChange } from './list-document.ts';
import { mergeUpdates } from './merge-updates.ts';
import { undoChange } from './undo/undo-change.ts';

/** The updates of some commands on one phone, in order. */
function someUpdates(): { doc: ListDocument; updates: Uint8Array[] } {
  const doc = phone(1);
  const updates: Uint8Array[] = [];
  doc.onLocalUpdate((update) => updates.push(update));
  createList(doc, 'Home', anna());
  for (const name of ['Milk', 'Bread', 'Eggs']) addItem(doc, { name }, anna());
  tickItem(doc, idOf(doc, 'Milk'), anna(5));
  setNote(doc, idOf(doc, 'Bread'), 'rye', anna(6));
  removeItem(doc, idOf(doc, 'Eggs'), anna(7));
  clearTicked(doc, anna(8));
  return { doc, updates };
}

describe('a list document', () => {
  it('D3 tells of one update per command, and of none for a command that changes nothing', () => {
    const doc = phone(1);
    const heard = vi.fn();
    doc.onLocalUpdate(heard);
    const { id } = addItem(doc, { name: 'Milk', note: 'organic', category: 'dairy' }, anna());
    expect(heard).toHaveBeenCalledTimes(1);
    setNote(doc, id, 'organic', anna());
    addItem(doc, { name: ' MILK' }, anna());
    tickItem(doc, id, anna());
    tickItem(doc, id, anna());
    expect(heard).toHaveBeenCalledTimes(2);
  });

  it('D4 tells of local updates only for what was done here, undo included, whatever comes in from where', () => {
    const [mine, other] = [phone(1), phone(2)];
    const heard = vi.fn();
    mine.onLocalUpdate(heard);
    for (const origin of ['remote', 'storage', 'tab'] as const) {
      addItem(other, { name: origin }, ben());
      mine.apply(other.encode(), origin);
    }
    expect(heard).not.toHaveBeenCalled();
    const change = removeItem(mine, idOf(mine, 'tab'), anna());
    if (change) undoChange(mine, change, anna());
    expect(heard).toHaveBeenCalledTimes(2);
  });

  it('D4 sends updates that make the other phone the same', () => {
    const { doc, updates } = someUpdates();
    const other = phone(2);
    expect(other.applyAll(updates, 'remote')).toEqual(updates.map(() => ({ applied: true })));
    expect(other.view).toEqual(doc.view);
    expect(other.encode()).toEqual(doc.encode());
  });

  it('D5 answers gap to an update that came early, leaves nothing waiting, and takes it later', () => {
    const { doc, updates } = someUpdates();
    const other = phone(2);
    const [begin, ...rest] = updates;
    for (const update of rest) expect(other.apply(update, 'remote')).toEqual({ applied: false, reason: 'gap' });
    expect(other.encode()).toEqual(phone(3).encode());
    expect(other.applyAll([begin ?? new Uint8Array(), ...rest], 'remote').every(({ applied }) => applied)).toBe(true);
    expect(other.encode()).toEqual(doc.encode());
  });

  it('D5 answers gap to a deletion of what has not arrived', () => {
    const { updates } = someUpdates();
    const last = updates.at(-1) ?? new Uint8Array();
    expect(phone(2).apply(last, 'remote')).toEqual({ applied: false, reason: 'gap' });
  });

  it('D5 takes an update again, and merged ones that overlap with what it knows', () => {
    const { doc, updates } = someUpdates();
    for (let known = 0; known <= updates.length; known++) {
      for (let from = 0; from <= known && from < updates.length; from++) {
        const other = phone(2);
        other.applyAll(updates.slice(0, known), 'remote');
        expect(other.apply(mergeUpdates(updates.slice(from)), 'remote')).toEqual({ applied: true });
        expect(other.encode()).toEqual(doc.encode());
      }
    }
  });

  it('D5 merged updates pass the guard when they are contiguous, and are called skip when there is a hole', () => {
    const { updates } = someUpdates();
    expect(inspectUpdate(mergeUpdates(updates), limits.maxUpdateBytes)).toEqual({ ok: true });
    const holed = mergeUpdates([...updates.slice(0, 1), ...updates.slice(3)]);
    expect(inspectUpdate(holed, limits.maxUpdateBytes)).toEqual({ ok: false, reason: 'skip' });
    expect(phone(2).apply(holed, 'remote')).toEqual({ applied: false, reason: 'skip' });
  });

  it('D5 merges at most so many updates in one call', () => {
    const updates = Array.from({ length: limits.maxMergedUpdates + 1 }, () => phone(1).encode());
    expect(() => mergeUpdates(updates)).toThrow(expect.objectContaining({ code: 'too-large' }));
    expect(mergeUpdates(updates.slice(1))).toEqual(phone(1).encode());
    expect(mergeUpdates([])).toEqual(phone(1).encode());
  });

  it('D5 refuses one of many without touching its neighbours', () => {
    const { doc, updates } = someUpdates();
    const bad = rawUpdate([{ client: 9, structs: [first('p', '__proto__', 1)] }]);
    const results = phone(2).applyAll([bad, ...updates, bad], 'remote');
    expect(results.map(({ applied }) => applied)).toEqual([false, ...updates.map(() => true), false]);
    const other = phone(2);
    other.applyAll([bad, ...updates, bad], 'remote');
    expect(other.view).toEqual(doc.view);
  });

  it('D5 calls an update too large by its length alone', () => {
    expect(inspectUpdate(new Uint8Array(11), 10)).toEqual({ ok: false, reason: 'too-large' });
    const update = new Uint8Array(limits.maxSnapshotBytes + 1);
    expect(phone(1).apply(update, 'remote')).toEqual({ applied: false, reason: 'too-large' });
  });

  it('D4 tells once of everything that changed, and not at all when nothing did', () => {
    const { doc, updates } = someUpdates();
    const other = phone(2);
    const heard: DocumentChange[] = [];
    other.onChange((change) => heard.push(change));
    other.applyAll(updates, 'remote');
    other.applyAll(updates, 'remote');
    const items = new Set(['Milk', 'Bread', 'Eggs'].map((name) => idOf(doc, name)));
    expect(heard).toEqual([{ items, isLocal: false, headChanged: true, shoppingChanged: false, entries: [] }]);
    renameList(other, 'Cabin', ben());
    expect(heard.at(-1)).toMatchObject({ items: new Set(), isLocal: true, headChanged: true });
    expect(heard.at(-1)?.entries.map(({ root, key }) => [root, key])).toEqual([['meta', 'title']]);
  });

  it('D4 says which write stands under a key, or stood there last', () => {
    const doc = phone(1);
    addItem(doc, { name: 'Milk' }, anna());
    const id = idOf(doc, 'Milk');
    const other = phone(2, doc.encode());
    setNote(other, id, 'organic', ben());
    exchange(doc, other);
    const writes = [{ client: 1, clock: 2 }, { client: 2, clock: 0 }, undefined];
    const roots = ['w', 'note', 'category'] as const;
    expect(roots.map((root) => doc.writeOf(root, id))).toEqual(writes);
    setNote(doc, id, '', anna());
    expect(roots.map((root) => doc.writeOf(root, id))).toEqual(writes);
    expect([[...doc.keys('note')], [...doc.writtenKeys('note')]]).toEqual([[], [id]]);
  });

  it('D4 tells a listener of nothing after it has stopped, or after the document is disposed of', () => {
    const doc = phone(1);
    const [stopped, disposed] = [vi.fn(), vi.fn()];
    doc.onChange(stopped)();
    doc.onChange(disposed);
    doc.onLocalUpdate(disposed);
    doc.dispose();
    addItem(doc, { name: 'Milk' }, anna());
    expect(stopped).not.toHaveBeenCalled();
    expect(disposed).not.toHaveBeenCalled();
  });

  it('D4 shows a listener the view after the change, and lets it edit', () => {
    const doc = phone(1);
    const seen: string[] = [];
    doc.onChange(({ items }) => {
      seen.push(describeView(doc));
      for (const id of items) setNote(doc, id, 'seen', anna());
    });
    addItem(doc, { name: 'Milk' }, anna());
    expect(seen).toEqual(['Milk[ ] 1 other', 'Milk[ ] 1 (seen) other']);
  });

  it('D6 is in the epoch that it was opened with, or else the one it states', () => {
    const doc = new ListDocument({ epoch: 3 });
    createList(doc, 'Home', anna());
    expect(doc.epoch).toBe(3);
    expect(phone(2, doc.encode()).epoch).toBe(3);
    const given = new ListDocument({ epoch: 4 });
    given.apply(doc.encode(), 'storage');
    expect(given.epoch).toBe(4);
    expect(phone(5, rawUpdate([{ client: 9, structs: [first('meta', 'epoch', -1)] }])).epoch).toBe(0);
  });

  it('D6 measures itself', () => {
    const { doc } = someUpdates();
    exchange(doc, phone(2));
    const { clientIds, structs, encodedBytes } = doc.stats();
    expect(clientIds).toBe(1);
    expect(structs).toBeGreaterThan(5);
    expect(encodedBytes).toBe(doc.encode().length);
  });
});
