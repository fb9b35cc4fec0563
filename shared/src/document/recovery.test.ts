import { afterEach, describe, expect, it, vi } from 'vitest';
import type * as Yjs from 'yjs';
import { addItem } from './commands/add-item.ts';
import { tickItem } from './commands/tick-item.ts';
import { anna, ben, describeView, exchange, idOf, phone } from './fixtures/family.ts';

/** Lets the first half of an update through and then fails, which the guard is there to prevent. */
const fault = vi.hoisted(() => ({ isArmed: false }));

vi.mock('yjs', async (importOriginal) => {
  const yjs = await importOriginal<typeof Yjs>();
  return {
    ...yjs,
    applyUpdate(...[doc, update, origin]: Parameters<typeof Yjs.applyUpdate>) {
      yjs.applyUpdate(doc, update, origin);
      if (fault.isArmed) {
        fault.isArmed = false;
        throw new Error('half-way');
      }
    },
  };
});

afterEach(() => {
  fault.isArmed = false;
});

describe('a document of which an update failed half-way', () => {
  it('D5 is rebuilt as it was, says malformed, and goes on', () => {
    const [mine, other] = [phone(1), phone(2)];
    addItem(mine, { name: 'Milk' }, anna());
    exchange(mine, other);
    addItem(mine, { name: 'Bread' }, anna(1));
    addItem(other, { name: 'Eggs' }, ben(1));
    const changes = vi.fn();
    mine.onChange(changes);
    const before = { items: mine.view.items, state: mine.encode() };

    fault.isArmed = true;
    expect(mine.apply(other.encode(), 'remote')).toEqual({ applied: false, reason: 'malformed' });
    expect(mine.encode()).toEqual(before.state);
    expect(mine.view.items).toEqual(before.items);
    expect(changes).not.toHaveBeenCalled();

    tickItem(mine, idOf(mine, 'Milk'), anna(2));
    exchange(mine, other);
    expect(describeView(mine)).toBe(describeView(other));
    expect(mine.view.items.map(({ name }) => name).sort()).toEqual(['Bread', 'Eggs', 'Milk']);
  });

  it('D5 keeps the updates of the same batch that came before, and takes those after', () => {
    const writers = [phone(2), phone(3), phone(4)];
    for (const [i, writer] of writers.entries()) addItem(writer, { name: `Item ${i}` }, ben(i));
    const mine = phone(1);
    addItem(mine, { name: 'Mine' }, anna());
    const updates = writers.map((writer) => writer.encode());
    expect(mine.applyAll(updates.slice(0, 1), 'remote')).toEqual([{ applied: true }]);
    fault.isArmed = true;
    const results = mine.applyAll(updates, 'remote');
    expect(results).toEqual([{ applied: false, reason: 'malformed' }, { applied: true }, { applied: true }]);
    expect(mine.view.items.map(({ name }) => name).sort()).toEqual(['Item 0', 'Item 1', 'Item 2', 'Mine']);
  });

  it('D5 is rebuilt from a state and the updates since, however many there were', () => {
    const [mine, other] = [phone(1), phone(2)];
    for (let i = 0; i < 600; i++) addItem(mine, { name: `Item ${i % 40}`, note: String(i) }, anna(i));
    addItem(other, { name: 'Eggs' }, ben());
    const state = mine.encode();
    fault.isArmed = true;
    mine.apply(other.encode(), 'remote');
    expect(mine.encode()).toEqual(state);
  });
});
