import { describe, expect, it } from 'vitest';
import { anna, ben, describeView, exchange, idOf, phone } from '../fixtures/family.ts';
import type { ListDocument } from '../list-document.ts';
import { undoChange } from '../undo/undo-change.ts';
import { addItem, type Listed } from './add-item.ts';
import { setAmount } from './edit-item.ts';
import { raiseAmount } from './raise-amount.ts';
import { clearTicked, removeItem } from './remove-items.ts';
import { tickItem } from './tick-item.ts';

const litres = (quantity: number) => ({ quantity, unit: 'l' });
const pieces = (quantity: number) => ({ quantity, unit: '' });

/** A list with 2 l of milk. */
function withMilk(clientId: number): ListDocument {
  const doc = phone(clientId);
  addItem(doc, { name: 'Milk', amount: litres(2) }, anna());
  return doc;
}

/** Adds milk that is listed, and gives the answer. */
function again(doc: ListDocument, quantity: number, author = ben(5)): Listed {
  const { listed } = addItem(doc, { name: 'milk', amount: litres(quantity) }, author);
  if (listed === null) throw new Error('milk is not listed');
  return listed;
}

describe('adding what is listed', () => {
  it('D10 tells how much was wanted, how much is now, and what both come to', () => {
    const doc = withMilk(1);
    expect(again(doc, 1)).toEqual({ before: litres(2), now: litres(1), raised: litres(3) });
    expect(addItem(doc, { name: 'milk', amount: { quantity: 500, unit: 'ml' } }, ben()).listed).toEqual({
      before: litres(1),
      now: { quantity: 500, unit: 'ml' },
      raised: litres(1.5),
    });
  });

  it('D10 takes no amount for one piece', () => {
    const doc = phone(1);
    addItem(doc, { name: 'Bread' }, anna());
    expect(addItem(doc, { name: 'bread' }, ben())).toMatchObject({
      outcome: 'already-listed',
      change: null,
      listed: { before: pieces(1), now: pieces(1), raised: pieces(2) },
    });
  });

  it('D10 offers nothing where the two do not add up', () => {
    const doc = withMilk(1);
    const { listed } = addItem(doc, { name: 'milk', amount: pieces(3) }, ben());
    expect(listed).toEqual({ before: litres(2), now: pieces(3), raised: null });
    expect(listed && raiseAmount(doc, idOf(doc, 'Milk'), listed, ben())).toBeNull();
    expect(addItem(withMilk(2), { name: 'milk' }, ben()).listed).toMatchObject({ now: litres(2), raised: null });
  });

  it('D10 is not answered for what is new or wanted again', () => {
    const doc = withMilk(1);
    expect(addItem(doc, { name: 'Tea' }, anna()).listed).toBeNull();
    tickItem(doc, idOf(doc, 'Milk'), anna(10));
    expect(addItem(doc, { name: 'milk' }, anna(20)).listed).toBeNull();
  });
});

describe('raiseAmount', () => {
  it('D10 wants both in one edit, and leaves who wanted it and when', () => {
    const doc = withMilk(1);
    const id = idOf(doc, 'Milk');
    const listed = again(doc, 1);
    expect(raiseAmount(doc, id, listed, ben(6))?.entries.map(({ root }) => root)).toEqual(['w']);
    expect(doc.item(id)).toMatchObject({ amount: litres(3), wantedBy: anna().memberId });
    expect(raiseAmount(doc, id, listed, ben(7))).toBeNull();
  });

  it('D10 can be undone', () => {
    const doc = withMilk(1);
    const id = idOf(doc, 'Milk');
    const change = raiseAmount(doc, id, again(doc, 1), ben(6));
    if (change) undoChange(doc, change, ben(7));
    expect(doc.item(id)?.amount).toEqual(litres(1));
  });

  it.each<[name: string, meanwhile: (doc: ListDocument) => unknown, left: string]>([
    ['has another amount since', (doc) => setAmount(doc, idOf(doc, 'Milk'), litres(7), anna(8)), 'Milk[ ] 7 l other'],
    ['is in the trolley', (doc) => tickItem(doc, idOf(doc, 'Milk'), anna(8)), 'Milk[x] 1 l other'],
    ['was removed', (doc) => removeItem(doc, idOf(doc, 'Milk'), anna(8)), ''],
  ])('D10 changes nothing when the item %s', (_name, meanwhile, left) => {
    const doc = withMilk(1);
    const id = idOf(doc, 'Milk');
    const listed = again(doc, 1);
    meanwhile(doc);
    expect(raiseAmount(doc, id, listed, ben(9))).toBeNull();
    expect(describeView(doc)).toBe(left);
  });

  it.each<[name: string, meanwhile: (doc: ListDocument) => unknown, views: readonly string[]]>([
    ['a tick', (doc) => tickItem(doc, idOf(doc, 'Milk'), anna(6)), ['Milk[x] 3 l other']],
    ['a removal', (doc) => removeItem(doc, idOf(doc, 'Milk'), anna(6)), ['Milk[ ] 3 l other']],
    ['the same raise', (doc) => raiseAmount(doc, idOf(doc, 'Milk'), again(doc, 1), anna(6)), ['Milk[ ] 3 l other']],
    [
      'another amount',
      (doc) => setAmount(doc, idOf(doc, 'Milk'), litres(7), anna(6)),
      ['Milk[ ] 3 l other', 'Milk[ ] 7 l other'],
    ],
    [
      'a tick that is cleared',
      (doc) => {
        tickItem(doc, idOf(doc, 'Milk'), anna(6));
        return clearTicked(doc, anna(7));
      },
      ['Milk[x] 3 l other'],
    ],
  ])('D10 merges with %s on another phone, whichever id is greater', (_name, meanwhile, views) => {
    const base = withMilk(50).encode();
    for (const [annasId, bensId] of [[100, 200] as const, [200, 100] as const]) {
      const [annas, bens] = [phone(annasId, base), phone(bensId, base)];
      meanwhile(annas);
      raiseAmount(bens, idOf(bens, 'Milk'), again(bens, 1), ben(6));
      exchange(annas, bens);
      expect(views).toContain(describeView(annas));
      expect(describeView(bens)).toBe(describeView(annas));
    }
  });
});
