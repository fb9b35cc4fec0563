import { describe, expect, it } from 'vitest';
import { addItem } from '../commands/add-item.ts';
import { setNote } from '../commands/edit-item.ts';
import { removeItem } from '../commands/remove-items.ts';
import { anna, ben, exchange, phone } from '../fixtures/family.ts';
import { UndoStack } from './undo-stack.ts';

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

  it('D4 goes as deep as it is told, and can be emptied', () => {
    const { stack, note, read } = milkAndStack({ maxDepth: 2 });
    for (const text of ['a', 'b', 'c']) note(text);
    while (stack.canUndo) stack.undo(anna());
    expect(read()).toBe('a');
    stack.clear();
    expect([stack.canUndo, stack.canRedo]).toEqual([false, false]);
  });
});
