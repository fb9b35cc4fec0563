import { describe, expect, it } from 'vitest';
import { addItem } from '../commands/add-item.ts';
import { setNote } from '../commands/edit-item.ts';
import { removeItem } from '../commands/remove-items.ts';
import { anna, ben, exchange, phone } from '../fixtures/family.ts';
import { readSteps } from './read-steps.ts';
import { undoChange } from './undo-change.ts';
import { UndoStack, type UndoSteps } from './undo-stack.ts';

function milkAndStack(options: { maxDepth?: number } = {}) {
  const doc = phone(1);
  const { id } = addItem(doc, { name: 'Milk' }, anna());
  const stack = new UndoStack(doc, options);
  const note = (text: string) => {
    stack.push(setNote(doc, id, text, anna()));
  };
  return { doc, id, stack, note, read: () => doc.item(id)?.note };
}

describe('UndoStack', () => {
  it('D4 undoes and redoes in order', () => {
    const { stack, note, read } = milkAndStack();
    expect([stack.canUndo, stack.canRedo, stack.undo(anna()), stack.redo(anna())]).toEqual([false, false, null, null]);
    for (const text of ['a', 'b', 'c']) note(text);
    const seen = (['undo', 'undo', 'redo', 'undo', 'undo'] as const).map((step) => {
      stack[step](anna());
      return read();
    });
    expect(seen).toEqual(['b', 'a', 'b', 'a', '']);
    expect([stack.canUndo, stack.canRedo]).toEqual([false, true]);
    while (stack.canRedo) stack.redo(anna());
    expect(read()).toBe('c');
  });

  it('D4 forgets what could be redone when something new is done', () => {
    const { stack, note, read } = milkAndStack();
    note('a');
    stack.undo(anna());
    note('b');
    expect(stack.canRedo).toBe(false);
    stack.undo(anna());
    expect(read()).toBe('');
  });

  it('D4 passes over a command that did nothing', () => {
    const { stack, note } = milkAndStack();
    note('a');
    stack.undo(anna());
    stack.push(null);
    expect([stack.canUndo, stack.canRedo]).toEqual([false, true]);
  });

  it('D4 undoes only what was done here, and goes back to what still stands', () => {
    const { doc, id, stack, note, read } = milkAndStack();
    note('mine');
    stack.push(removeItem(doc, addItem(doc, { name: 'Bread' }, anna()).id, anna()));
    const other = phone(2, doc.encode());
    addItem(other, { name: 'Bread' }, ben());
    setNote(other, id, 'theirs', ben());
    addItem(other, { name: 'Eggs' }, ben());
    exchange(doc, other);
    expect(stack.undo(anna())).toBeNull();
    expect(read()).toBe('theirs');
    expect(doc.view.items.map(({ name }) => name).sort()).toEqual(['Bread', 'Eggs', 'Milk']);
    expect(stack.canUndo).toBe(false);
  });

  it('D4 goes as deep as it is told', () => {
    const { stack, note, read } = milkAndStack({ maxDepth: 2 });
    for (const text of ['a', 'b', 'c']) note(text);
    while (stack.canUndo) stack.undo(anna());
    expect(read()).toBe('a');
  });

  it('D4 remembers so many keys at most, and the last step always', () => {
    const { doc, stack } = milkAndStack();
    const large = (at: number) => ({
      by: anna().memberId,
      at,
      entries: Array.from({ length: 3_000 }, (_, index) => ({
        root: 'note' as const,
        key: String(index),
        before: null,
        after: 'x',
      })),
    });
    for (const at of [1, 2, 3]) stack.push(large(at));
    expect(stack.steps.done.map(({ at }) => at)).toEqual([3]);
    stack.push(setNote(doc, addItem(doc, { name: 'Bread' }, anna()).id, 'a', anna()));
    expect(stack.steps.done).toHaveLength(2);
  });

  it('W51 goes on after a reload from what was kept of it', () => {
    const { doc, stack, note, read } = milkAndStack();
    for (const text of ['a', 'b', 'c']) note(text);
    stack.undo(anna());
    const kept: unknown = JSON.parse(JSON.stringify(stack.steps));
    const again = new UndoStack(doc, { steps: readSteps(kept) });
    again.redo(anna());
    expect(read()).toBe('c');
    for (let step = 0; step < 3; step += 1) again.undo(anna());
    expect([read(), again.canUndo, again.canRedo]).toEqual(['', false, true]);
  });

  it('W51 counts what is no steps as none', () => {
    const none: UndoSteps = { done: [], undone: [] };
    for (const value of [null, 'x', {}, { done: [{}], undone: [] }, { done: 1 }])
      expect(readSteps(value)).toEqual(none);
  });

  it('D4 passes over a step that was taken back by itself, and can do it again', () => {
    const { doc, id, stack, note, read } = milkAndStack();
    const removed = removeItem(doc, addItem(doc, { name: 'Bread' }, anna()).id, anna());
    stack.push(removed);
    note('a');
    if (removed === null) throw new Error('bread was removed');
    stack.noteTakenBack(structuredClone(removed), undoChange(doc, removed, anna()));
    expect(doc.view.items).toHaveLength(2);
    stack.undo(anna());
    expect([read(), stack.canUndo]).toEqual(['', false]);
    stack.redo(anna());
    stack.redo(anna());
    expect([doc.item(id)?.note, doc.view.items.length]).toEqual(['a', 1]);
  });
});
