import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tickItem, untickItem } from './commands/tick-item.ts';
import { act, anyAction } from './fixtures/actions.ts';
import { anna, ben, exchange, phone } from './fixtures/family.ts';
import type { ListDocument } from './list-document.ts';
import { itemIdOf } from './model/item-id.ts';
import { itemRootNames } from './model/root-names.ts';
import { undoChange } from './undo/undo-change.ts';

const authors = [anna, ben, anna];

/** Everything a document shows, in a form that can be compared. */
function shown(doc: ListDocument) {
  return { view: doc.view, products: doc.products().toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
}

/** Demands what a phone would show that read the whole document anew. */
function expectAsReadAnew(doc: ListDocument): void {
  expect(shown(doc)).toEqual(shown(phone(424_242, doc.encode())));
}

describe('the view', () => {
  const step = fc.record({
    at: fc.nat({ max: 2 }),
    action: fc.oneof(anyAction, fc.constantFrom('undo', 'send', 'exchange')),
    later: fc.nat({ max: 400 }),
  });

  it(
    'D3 is the same whether it was kept up to date or read anew, and the same on all phones in the end',
    { timeout: 60_000 },
    () => {
      fc.assert(
        fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
          const phones = [phone(1), phone(2), phone(3)];
          let minute = 0;
          for (const { at, action, later } of steps) {
            const doc = phones[at] ?? phone(4);
            const author = (authors[at] ?? anna)((minute += later));
            const before = new Map(doc.view.items.map((item) => [item.id, item]));
            let changed: ReadonlySet<string> = new Set();
            const stop = doc.onChange((change) => (changed = change.items));
            if (action === 'exchange') exchange(doc, phones[(at + 1) % 3] ?? doc);
            else if (action === 'send') phones[(at + 1) % 3]?.apply(doc.encode(), 'remote');
            else if (action === 'undo') {
              const change = act(doc, { kind: 'add', a: later, b: 0 }, author);
              if (change) undoChange(doc, change, author);
            } else act(doc, action, author);
            stop();
            if (action !== 'undo') {
              const kept = doc.view.items.filter((item) => !changed.has(item.id));
              expect(kept.every((item) => before.get(item.id) === item)).toBe(true);
            }
            phones.forEach(expectAsReadAnew);
          }
          const [first, second, third] = phones;
          if (!first || !second || !third) return;
          for (const [a, b] of [
            [first, second],
            [second, third],
            [first, second],
            [second, third],
          ] as const)
            exchange(a, b);
          expect(shown(second)).toEqual(shown(first));
          expect(shown(third)).toEqual(shown(first));
        }),
        { numRuns: 150 },
      );
    },
  );

  it('D2 keeps every product, and never wants what has none', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), anyAction, fc.boolean()), { maxLength: 60 }), (steps) => {
        const phones = [phone(1), phone(2)] as const;
        for (const [isAnna, action, isUndone] of steps) {
          const doc = phones[isAnna ? 0 : 1];
          const known = new Set(doc.keys('p'));
          const change = act(doc, action, anna());
          if (change && isUndone) undoChange(doc, change, anna(1));
          for (const id of known) expect(doc.read('p', id)).toBeDefined();
          for (const id of doc.keys('w')) expect(doc.read('p', id)).toBeDefined();
          if (action.a % 5 === 0) exchange(...phones);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('D5 shows what is sound, whatever else a document holds, and goes on working', { timeout: 60_000 }, () => {
    const key = fc.constantFrom(...['Milk', 'Bread', 'Eggs', 'Ham'].map((name) => itemIdOf(name)));
    const minute = fc.constantFrom(0, 5, 2 ** 31 - 1, 2 ** 31, -1, 1.5);
    const value = fc.oneof(
      fc.constantFrom(null, true, 7, 'x', []),
      fc.dictionary(fc.constantFrom('name', 'unit', 'toString'), fc.constantFrom('x', 1, null), {
        noNullPrototype: true,
      }),
      fc.tuple(
        minute,
        fc.constantFrom('annaAAAA', '', 7),
        fc.constantFrom(1, 0, -1, 1e9, 'x'),
        fc.constantFrom('kg', 3),
      ),
      fc.record(
        {
          name: fc.constantFrom('Milk', '', ' ', 7, 'x'.repeat(500)),
          unit: fc.constantFrom('l', 9),
          x: fc.constantFrom(1, 2),
        },
        { noNullPrototype: true },
      ),
      fc.constantFrom('a0', 'zzzz!!', 'a00', '', 'A00000000000000000000000000', 'dairy', 'toString'),
    );
    const write = fc.record({ root: fc.constantFrom(...itemRootNames), key, value });
    fc.assert(
      fc.property(fc.array(write, { maxLength: 30 }), fc.array(anyAction, { maxLength: 10 }), (writes, actions) => {
        const doc = phone(1);
        for (const one of writes) {
          doc.write([one]);
          expectAsReadAnew(doc);
        }
        for (const action of actions) {
          act(doc, action, anna());
          expectAsReadAnew(doc);
        }
        for (const { id, isTicked } of doc.view.items) {
          (isTicked ? untickItem : tickItem)(doc, id, anna());
          expect(doc.item(id)?.isTicked).toBe(!isTicked);
          (isTicked ? tickItem : untickItem)(doc, id, anna());
          expect(doc.item(id)?.isTicked).toBe(isTicked);
        }
      }),
      { numRuns: 300 },
    );
  });
});
