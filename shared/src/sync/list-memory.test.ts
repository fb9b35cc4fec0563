import 'fake-indexeddb/auto';
import * as v from 'valibot';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createListId } from '../protocol/index.ts';
import { ListMemory } from './list-memory.ts';

const listOf = (fill: number) => createListId((length) => new Uint8Array(length).fill(fill));
const [groceries, cabin] = [listOf(1), listOf(2)];
let opened = 0;

/** Two tabs of one browser. */
function tabs() {
  opened += 1;
  const name = `memory-${String(opened)}`;
  return [new ListMemory(name), new ListMemory(name)] as const;
}

describe('ListMemory', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('W51 keeps plain data beside a list, for the other tab and after a reload', async () => {
    const [one, other] = tabs();
    expect(await one.read(groceries, 'undo')).toBeNull();
    await one.revise(groceries, 'undo', () => ({ steps: [1] }));
    expect(await other.read(groceries, 'undo')).toEqual({ steps: [1] });
    expect(await other.read(groceries, 'away')).toBeNull();
    await other.revise(groceries, 'undo', () => null);
    expect(await one.read(groceries, 'undo')).toBeNull();
    await Promise.all([one.close(), other.close()]);
  });

  it('W51 loses nothing when two tabs write at once', async () => {
    const [one, other] = tabs();
    const add = (memory: ListMemory, number: number) =>
      memory.revise(groceries, 'undo', (kept) => [...v.parse(v.nullish(v.array(v.number()), []), kept), number]);
    await Promise.all([add(one, 1), add(other, 2), add(one, 3), add(other, 4)]);
    const kept = await one.read(groceries, 'undo');
    expect(kept).toHaveLength(4);
    expect(kept).toEqual(expect.arrayContaining([1, 2, 3, 4]));
    await Promise.all([one.close(), other.close()]);
  });

  it('W51 forgets what belongs to lists that are not here any more', async () => {
    const [one, other] = tabs();
    for (const list of [groceries, cabin]) await one.revise(list, 'undo', () => 'kept');
    await other.keepOnly(new Set([cabin]));
    expect([await one.read(groceries, 'undo'), await one.read(cabin, 'undo')]).toEqual([null, 'kept']);
    await Promise.all([one.close(), other.close()]);
  });

  it('W51 lasts as long as the tab where the browser refuses to store', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('not here', 'SecurityError');
    });
    const [one] = tabs();
    await one.revise(groceries, 'undo', () => 'held');
    expect(await one.read(groceries, 'undo')).toBe('held');
    await one.revise(groceries, 'undo', (kept) => `${String(kept)} on`);
    expect(await one.read(groceries, 'undo')).toBe('held on');
    await one.keepOnly(new Set());
  });
});
