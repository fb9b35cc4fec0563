import { describe, expect, it } from 'vitest';
import { addItem } from './commands/add-item.ts';
import { renameItem, setAmount, setCategory, setNote } from './commands/edit-item.ts';
import { moveItem } from './commands/move-item.ts';
import { clearTicked, forgetProduct, removeItem } from './commands/remove-items.ts';
import { tickItem, untickItem } from './commands/tick-item.ts';
import { anna, ben, describeView, exchange, idOf, phone } from './fixtures/family.ts';
import type { ListDocument } from './list-document.ts';
import type { Change } from './model/change.ts';
import type { Item } from './model/item.ts';
import { undoChange } from './undo/undo-change.ts';

/** Two things done at once, on two phones that then meet. */
interface Pair {
  readonly name: string;
  /** What both had before. */
  readonly base?: (doc: ListDocument) => void;
  readonly anna: (doc: ListDocument) => Change | null;
  readonly ben?: (doc: ListDocument) => void;
  /** What happens after they have met. */
  readonly after?: (annas: ListDocument, bens: ListDocument, annasChange: Change | null) => void;
  readonly expect: (items: readonly Item[], doc: ListDocument) => void;
}

const pieces = (quantity: number) => ({ quantity, unit: '' });

function threeItems(doc: ListDocument): void {
  addItem(doc, { name: 'Milk', category: 'dairy' }, anna(0));
  addItem(doc, { name: 'Bread', category: 'bakery' }, anna(1));
  addItem(doc, { name: 'Eggs', category: 'dairy' }, anna(2));
}

function milkTicked(doc: ListDocument): void {
  threeItems(doc);
  tickItem(doc, idOf(doc, 'Milk'), anna(10));
}

function milkBought(doc: ListDocument): void {
  milkTicked(doc);
  clearTicked(doc, anna(11));
}

function named(items: readonly Item[], name: string): readonly Item[] {
  return items.filter((item) => item.name.toLowerCase() === name);
}

function undoAfter(bensWork: (doc: ListDocument) => void): NonNullable<Pair['after']> {
  return (annas, bens, change) => {
    bensWork(bens);
    exchange(annas, bens);
    expect(change).not.toBeNull();
    if (change) undoChange(annas, change, anna(50));
  };
}

const pairs: readonly Pair[] = [
  {
    name: 'add same name (new)',
    anna: (doc) => addItem(doc, { name: 'Milk' }, anna()).change,
    ben: (doc) => addItem(doc, { name: 'milk ', amount: pieces(2) }, ben(1)),
    expect: (items) => {
      expect(named(items, 'milk')).toHaveLength(1);
      expect(items).toHaveLength(1);
    },
  },
  {
    name: 'add same name (bought before)',
    base: milkBought,
    anna: (doc) => addItem(doc, { name: 'Milk' }, anna(60)).change,
    ben: (doc) => addItem(doc, { name: 'Milk', amount: pieces(2) }, ben(61)),
    expect: (items) => {
      expect(named(items, 'milk')).toMatchObject([{ isTicked: false }]);
    },
  },
  {
    name: 'add same name, A buys hers offline',
    anna: (doc) => tickItem(doc, addItem(doc, { name: 'Milk' }, anna()).id, anna(60)),
    ben: (doc) => addItem(doc, { name: 'Milk' }, ben(30)),
    expect: (items) => {
      expect(named(items, 'milk')).toMatchObject([{ isTicked: true }]);
    },
  },
  {
    name: 'rename vs check',
    base: threeItems,
    anna: (doc) => renameItem(doc, idOf(doc, 'Milk'), 'Oat milk', anna(20)),
    ben: (doc) => tickItem(doc, idOf(doc, 'Milk'), ben(20)),
    expect: (items) => {
      expect(named(items, 'oat milk')).toMatchObject([{ isTicked: true }]);
    },
  },
  {
    name: 'rename vs category edit',
    base: threeItems,
    anna: (doc) => renameItem(doc, idOf(doc, 'Milk'), 'Oat milk', anna(20)),
    ben: (doc) => setCategory(doc, idOf(doc, 'Milk'), 'drinks', ben(20)),
    expect: (items) => {
      expect(named(items, 'oat milk')).toMatchObject([{ category: 'drinks' }]);
    },
  },
  {
    name: 'rename vs rename',
    base: threeItems,
    anna: (doc) => renameItem(doc, idOf(doc, 'Milk'), 'Oat milk', anna(20)),
    ben: (doc) => renameItem(doc, idOf(doc, 'Milk'), 'Soy milk', ben(20)),
    expect: (items) => {
      expect(items).toHaveLength(3);
      expect(['Oat milk', 'Soy milk']).toContain(items[0]?.name);
    },
  },
  {
    name: 'rename to X vs add X',
    base: threeItems,
    anna: (doc) => renameItem(doc, idOf(doc, 'Milk'), 'Oat milk', anna(20)),
    ben: (doc) => addItem(doc, { name: 'Oat milk' }, ben(20)),
    expect: (items) => {
      expect(named(items, 'oat milk')).toHaveLength(2);
      expect(items).toHaveLength(4);
    },
  },
  {
    name: 'qty vs qty',
    base: threeItems,
    anna: (doc) => setAmount(doc, idOf(doc, 'Milk'), pieces(2), anna(20)),
    ben: (doc) => setAmount(doc, idOf(doc, 'Milk'), pieces(3), ben(20)),
    expect: (items) => {
      expect([2, 3]).toContain(named(items, 'milk')[0]?.amount.quantity);
    },
  },
  {
    name: '1 kg -> 500 g vs qty 2',
    base: (doc) => addItem(doc, { name: 'Flour', amount: { quantity: 1, unit: 'kg' } }, anna()),
    anna: (doc) => setAmount(doc, idOf(doc, 'Flour'), { quantity: 500, unit: 'g' }, anna(20)),
    ben: (doc) => setAmount(doc, idOf(doc, 'Flour'), { quantity: 2, unit: 'kg' }, ben(20)),
    expect: (items) => {
      expect([
        { quantity: 500, unit: 'g' },
        { quantity: 2, unit: 'kg' },
      ]).toContainEqual(items[0]?.amount);
    },
  },
  {
    name: 'qty vs note',
    base: threeItems,
    anna: (doc) => setAmount(doc, idOf(doc, 'Milk'), pieces(2), anna(20)),
    ben: (doc) => setNote(doc, idOf(doc, 'Milk'), 'organic', ben(20)),
    expect: (items) => {
      expect(named(items, 'milk')).toMatchObject([{ amount: pieces(2), note: 'organic' }]);
    },
  },
  {
    name: 'qty vs check',
    base: threeItems,
    anna: (doc) => setAmount(doc, idOf(doc, 'Milk'), pieces(2), anna(20)),
    ben: (doc) => tickItem(doc, idOf(doc, 'Milk'), ben(20)),
    expect: (items) => {
      expect(named(items, 'milk')).toMatchObject([{ amount: pieces(2), isTicked: true }]);
    },
  },
  {
    name: 'check vs check',
    base: threeItems,
    anna: (doc) => tickItem(doc, idOf(doc, 'Milk'), anna(20)),
    ben: (doc) => tickItem(doc, idOf(doc, 'Milk'), ben(21)),
    expect: (items) => {
      expect(named(items, 'milk')).toMatchObject([{ isTicked: true }]);
    },
  },
  {
    name: 'check vs uncheck (of earlier check)',
    base: milkTicked,
    anna: (doc) => untickItem(doc, idOf(doc, 'Milk'), anna(20)),
    ben: (doc) => tickItem(doc, idOf(doc, 'Milk'), ben(21)),
    expect: (items) => {
      expect(named(items, 'milk')).toHaveLength(1);
    },
  },
  {
    name: 'qty edit vs delete',
    base: threeItems,
    anna: (doc) => setAmount(doc, idOf(doc, 'Milk'), pieces(4), anna(20)),
    ben: (doc) => removeItem(doc, idOf(doc, 'Milk'), ben(20)),
    expect: (items) => {
      expect(named(items, 'milk')).toMatchObject([{ amount: pieces(4) }]);
    },
  },
  {
    name: 'note edit vs delete',
    base: threeItems,
    anna: (doc) => setNote(doc, idOf(doc, 'Milk'), 'organic', anna(20)),
    ben: (doc) => removeItem(doc, idOf(doc, 'Milk'), ben(20)),
    expect: (items, doc) => {
      expect(named(items, 'milk')).toHaveLength(0);
      expect(doc.products()).toContainEqual(expect.objectContaining({ name: 'Milk', note: 'organic' }));
    },
  },
  {
    name: 'delete vs check',
    base: threeItems,
    anna: (doc) => removeItem(doc, idOf(doc, 'Milk'), anna(20)),
    ben: (doc) => tickItem(doc, idOf(doc, 'Milk'), ben(20)),
    expect: (items) => {
      expect(named(items, 'milk')).toHaveLength(0);
      expect(items).toHaveLength(2);
    },
  },
  {
    name: 'clear checked vs uncheck',
    base: milkTicked,
    anna: (doc) => clearTicked(doc, anna(20)),
    ben: (doc) => untickItem(doc, idOf(doc, 'Milk'), ben(20)),
    expect: (items) => {
      expect(named(items, 'milk')).toMatchObject([{ isTicked: false }]);
    },
  },
  {
    name: 'clear checked vs check of another',
    base: milkTicked,
    anna: (doc) => clearTicked(doc, anna(20)),
    ben: (doc) => tickItem(doc, idOf(doc, 'Bread'), ben(20)),
    expect: (items) => {
      expect(named(items, 'milk')).toHaveLength(0);
      expect(named(items, 'bread')).toMatchObject([{ isTicked: true }]);
    },
  },
  {
    name: 'clear vs clear',
    base: milkTicked,
    anna: (doc) => clearTicked(doc, anna(20)),
    ben: (doc) => clearTicked(doc, ben(20)),
    expect: (items) => {
      expect(items.map((item) => item.name)).toEqual(['Bread', 'Eggs']);
    },
  },
  {
    name: 'clear, re-add vs stale check of old entry',
    base: threeItems,
    anna: (doc) => {
      tickItem(doc, idOf(doc, 'Milk'), anna(20));
      clearTicked(doc, anna(21));
      return addItem(doc, { name: 'Milk' }, anna(3000)).change;
    },
    ben: (doc) => tickItem(doc, idOf(doc, 'Milk'), ben(25)),
    expect: (items) => {
      expect(named(items, 'milk')).toMatchObject([{ isTicked: false }]);
    },
  },
  {
    name: 'clear, re-add vs stale clear',
    base: milkTicked,
    anna: (doc) => {
      clearTicked(doc, anna(20));
      return addItem(doc, { name: 'Milk' }, anna(3000)).change;
    },
    ben: (doc) => clearTicked(doc, ben(21)),
    expect: (items) => {
      expect(named(items, 'milk')).toMatchObject([{ isTicked: false }]);
    },
  },
  {
    name: 'delete+restore vs delete',
    base: threeItems,
    anna: (doc) => {
      const removed = removeItem(doc, idOf(doc, 'Milk'), anna(20));
      return removed && undoChange(doc, removed, anna(21));
    },
    ben: (doc) => removeItem(doc, idOf(doc, 'Milk'), ben(20)),
    expect: (items) => {
      expect(named(items, 'milk')).toHaveLength(1);
    },
  },
  {
    name: 'restore vs restore',
    base: (doc) => {
      threeItems(doc);
      removeItem(doc, idOf(doc, 'Milk'), anna(10));
    },
    anna: (doc) => addItem(doc, { name: 'Milk' }, anna(20)).change,
    ben: (doc) => addItem(doc, { name: 'Milk' }, ben(20)),
    expect: (items) => {
      expect(named(items, 'milk')).toHaveLength(1);
      expect(items).toHaveLength(3);
    },
  },
  {
    name: 'forget product vs re-add it',
    base: milkBought,
    anna: (doc) => forgetProduct(doc, idOf(doc, 'Milk'), anna(20)),
    ben: (doc) => addItem(doc, { name: 'Milk' }, ben(3000)),
    expect: (items) => {
      expect(named(items, 'milk')).toHaveLength(1);
    },
  },
  {
    name: 'reorder same item twice',
    base: threeItems,
    anna: (doc) => moveItem(doc, idOf(doc, 'Milk'), { after: idOf(doc, 'Bread') }, anna(20)),
    ben: (doc) => moveItem(doc, idOf(doc, 'Milk'), { after: idOf(doc, 'Eggs') }, ben(20)),
    expect: (items) => {
      expect(items).toHaveLength(3);
      expect(items[0]?.name).toBe('Bread');
    },
  },
  {
    name: 'reorder two items into one gap',
    base: (doc) => {
      threeItems(doc);
      addItem(doc, { name: 'Ham' }, anna(3));
    },
    anna: (doc) => moveItem(doc, idOf(doc, 'Eggs'), { after: idOf(doc, 'Milk') }, anna(20)),
    ben: (doc) => moveItem(doc, idOf(doc, 'Ham'), { after: idOf(doc, 'Milk') }, ben(20)),
    after: (annas) => {
      const second = annas.view.items[1];
      expect(second).toBeDefined();
      if (second) moveItem(annas, idOf(annas, 'Bread'), { after: second.id }, anna(30));
    },
    expect: (items) => {
      expect(items).toHaveLength(4);
      expect(items[0]?.name).toBe('Milk');
      expect(items[3]?.name).toBe('Bread');
    },
  },
  {
    name: 'reorder vs delete',
    base: threeItems,
    anna: (doc) => moveItem(doc, idOf(doc, 'Milk'), { after: idOf(doc, 'Eggs') }, anna(20)),
    ben: (doc) => removeItem(doc, idOf(doc, 'Milk'), ben(20)),
    expect: (items) => {
      expect(items.map((item) => item.name)).toEqual(['Bread', 'Eggs']);
    },
  },
  {
    name: 'reorder vs check',
    base: threeItems,
    anna: (doc) => moveItem(doc, idOf(doc, 'Milk'), { after: idOf(doc, 'Eggs') }, anna(20)),
    ben: (doc) => tickItem(doc, idOf(doc, 'Milk'), ben(20)),
    expect: (items) => {
      expect(items[2]).toMatchObject({ name: 'Milk', isTicked: true });
    },
  },
  {
    name: 'UNDO qty after B set qty',
    base: threeItems,
    anna: (doc) => setAmount(doc, idOf(doc, 'Milk'), pieces(2), anna(20)),
    after: undoAfter((doc) => setAmount(doc, idOf(doc, 'Milk'), pieces(5), ben(30))),
    expect: (items) => {
      expect(named(items, 'milk')).toMatchObject([{ amount: pieces(5) }]);
    },
  },
  {
    name: 'UNDO check after B edited note',
    base: threeItems,
    anna: (doc) => tickItem(doc, idOf(doc, 'Milk'), anna(20)),
    after: undoAfter((doc) => setNote(doc, idOf(doc, 'Milk'), 'organic', ben(30))),
    expect: (items) => {
      expect(named(items, 'milk')).toMatchObject([{ note: 'organic', isTicked: false }]);
    },
  },
  {
    name: 'UNDO delete after B edited note meanwhile',
    base: threeItems,
    anna: (doc) => removeItem(doc, idOf(doc, 'Milk'), anna(20)),
    ben: (doc) => setNote(doc, idOf(doc, 'Milk'), 'organic', ben(20)),
    after: undoAfter(() => undefined),
    expect: (items) => {
      expect(named(items, 'milk')).toMatchObject([{ note: 'organic' }]);
    },
  },
  {
    name: 'UNDO clear after B re-added Milk',
    base: milkTicked,
    anna: (doc) => clearTicked(doc, anna(20)),
    after: undoAfter((doc) => addItem(doc, { name: 'Milk' }, ben(3000))),
    expect: (items) => {
      expect(named(items, 'milk')).toMatchObject([{ isTicked: false }]);
    },
  },
  {
    name: 'UNDO add after B checked it',
    base: threeItems,
    anna: (doc) => addItem(doc, { name: 'Jam' }, anna(20)).change,
    after: undoAfter((doc) => tickItem(doc, idOf(doc, 'Jam'), ben(30))),
    expect: (items) => {
      expect(items.map((item) => item.name)).toEqual(['Milk', 'Bread', 'Eggs']);
    },
  },
];

describe('pairs of things done at once', () => {
  it('D3 covers the 33 pairs of the study', () => {
    expect(new Set(pairs.map((pair) => pair.name)).size).toBe(33);
  });

  for (const pair of pairs) {
    for (const [annasId, bensId] of [[100, 200] as const, [200, 100] as const]) {
      it(`D3 pair: ${pair.name} (${annasId}, ${bensId})`, () => {
        const base = phone(50);
        pair.base?.(base);
        const [annas, bens] = [phone(annasId, base.encode()), phone(bensId, base.encode())];
        const change = pair.anna(annas);
        pair.ben?.(bens);
        exchange(annas, bens);
        pair.after?.(annas, bens, change);
        exchange(annas, bens);
        pair.expect(annas.view.items, annas);
        expect(describeView(bens)).toBe(describeView(annas));
        expect(describeView(phone(300, annas.encode()))).toBe(describeView(annas));
      });
    }
  }
});
