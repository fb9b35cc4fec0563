import { describe, expect, it } from 'vitest';
import { describeView, exchange, phone } from './fixtures/family.ts';
import { addingPairs } from './fixtures/pairs/adding.ts';
import { editingPairs } from './fixtures/pairs/editing.ts';
import { orderingPairs } from './fixtures/pairs/ordering.ts';
import { removingPairs } from './fixtures/pairs/removing.ts';
import { undoingPairs } from './fixtures/pairs/undoing.ts';

const pairs = [...addingPairs, ...editingPairs, ...removingPairs, ...orderingPairs, ...undoingPairs];

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
