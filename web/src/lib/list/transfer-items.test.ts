import { addItem, addItems, ListDocument, type Author, type Item } from '@trolley/shared/document';
import { createListId, createMemberId, limits, type ListId } from '@trolley/shared/protocol';
import { describe, expect, it } from 'vitest';
import { transferItems } from './transfer-items.ts';

const memberId = createMemberId((length) => new Uint8Array(length).fill(1));
const target = createListId((length) => new Uint8Array(length).fill(2));
const author = (): Author => ({ memberId, nowMs: Date.UTC(2027, 0, 1) });
const shown = (document: ListDocument) =>
  document.view.items.map(({ name, amount, note }) => [name, amount.quantity, amount.unit, note].join(' ').trim());

/** Two lists on a phone, and what happens to them, in order. */
function createFixture(isHeldInMemory = false) {
  const [here, there] = [new ListDocument(), new ListDocument()];
  const happened: string[] = [];
  here.onChange(() => happened.push(`here: ${shown(here).join(', ')}`));
  const client = {
    open: (list: ListId) => {
      happened.push(`open ${String(list === target)}`);
      return Promise.resolve({ document: there, isHeldInMemory });
    },
    close: () => {
      happened.push(`stored: ${shown(there).join(', ')}`);
      return Promise.resolve();
    },
  };
  const amount = { quantity: 2, unit: 'l' };
  addItem(here, { name: 'Milk', amount, note: 'fresh', category: 'dairy' }, author());
  addItem(here, { name: 'Ham' }, author());
  happened.length = 0;
  const milk = here.view.items.slice(0, 1);
  const transfer = (items: readonly Item[], isMove: boolean) =>
    transferItems({ list: { document: here }, client, author }, target, items, isMove);
  return { here, there, happened, milk, transfer };
}

describe('moving items to another list', () => {
  it('W22 is stored there before it is gone here, and taken back the other way round', async () => {
    const { here, there, happened, milk, transfer } = createFixture();
    const { isMoved, undo } = await transfer(milk, true);
    expect(isMoved).toBe(true);
    expect(happened).toEqual(['open true', 'stored: Milk 2 l fresh', 'here: Ham 1']);
    expect(there.view.items[0]?.category).toBe('dairy');
    happened.length = 0;
    await undo();
    expect(happened).toEqual(['here: Milk 2 l fresh, Ham 1', 'open true', 'stored: ']);
    expect(shown(here)).toEqual(['Milk 2 l fresh', 'Ham 1']);
  });

  it('W22 copies on top of what is there', async () => {
    const { here, there, transfer } = createFixture();
    addItem(there, { name: 'milk', amount: { quantity: 1, unit: 'l' } }, author());
    await transfer(here.view.items, false);
    expect(shown(there)).toEqual(['milk 3 l fresh', 'Ham 1']);
    expect(shown(here)).toEqual(['Milk 2 l fresh', 'Ham 1']);
  });

  it('W22 changes nothing when the other list is full', async () => {
    const { here, there, milk, transfer } = createFixture();
    const names = Array.from({ length: limits.maxItems - 1 }, (_, i) => ({ name: `Item ${i}` }));
    addItems(there, names, author());
    await expect(transfer(here.view.items, true)).rejects.toMatchObject({ code: 'too-large' });
    expect([there.view.items.length, here.view.items.length]).toEqual([limits.maxItems - 1, 2]);
    await transfer(milk, true);
    expect([there.view.items.length, here.view.items.length]).toEqual([limits.maxItems, 1]);
  });

  it('W22 removes nothing here that the phone does not store there', async () => {
    const { here, milk, transfer } = createFixture(true);
    expect((await transfer(milk, true)).isMoved).toBe(false);
    expect(shown(here)).toEqual(['Milk 2 l fresh', 'Ham 1']);
  });
});
