import { describe, expect, it } from 'vitest';
import { anna, ben, phone } from '../fixtures/family.ts';
import { fromMinute, maxMinute, toMinute } from '../model/minute.ts';
import { addItem } from './add-item.ts';
import { removeItem } from './remove-items.ts';
import { tickItem, untickItem } from './tick-item.ts';

const now = (minute: number) => toMinute(anna(minute).nowMs);

describe('tickItem and untickItem', () => {
  it('D3 stamp no earlier than what they answer, whatever the clocks say', () => {
    const doc = phone(1);
    const { id } = addItem(doc, { name: 'Milk' }, anna(1_000));
    tickItem(doc, id, ben(10));
    expect(doc.item(id)).toMatchObject({ isTicked: true, gotAt: now(1_000), gotBy: ben().memberId });
    untickItem(doc, id, anna(20));
    expect(doc.item(id)).toMatchObject({ isTicked: false, wantedAt: now(1_001), gotAt: null, gotBy: null });
    tickItem(doc, id, ben(2_000));
    expect(doc.item(id)).toMatchObject({ isTicked: true, gotAt: now(2_000) });
  });

  it('D3 keep the amount', () => {
    const doc = phone(1);
    const { id } = addItem(doc, { name: 'Milk', amount: { quantity: 2, unit: 'l' } }, anna());
    tickItem(doc, id, anna(1));
    untickItem(doc, id, anna(2));
    expect(doc.item(id)?.amount).toEqual({ quantity: 2, unit: 'l' });
  });

  it('D3 work at the very end of time', () => {
    const doc = phone(1);
    const atTheEnd = { ...anna(), nowMs: fromMinute(maxMinute) + 1e12 };
    const { id } = addItem(doc, { name: 'Milk' }, atTheEnd);
    for (let i = 0; i < 3; i++) {
      expect(tickItem(doc, id, anna())).not.toBeNull();
      expect(doc.item(id)).toMatchObject({ isTicked: true, gotAt: maxMinute });
      expect(untickItem(doc, id, anna())).not.toBeNull();
      expect(doc.item(id)).toMatchObject({ isTicked: false, wantedAt: maxMinute });
    }
  });

  it('D3 do nothing to what is not on the list, or is so already', () => {
    const doc = phone(1);
    const { id } = addItem(doc, { name: 'Milk' }, anna());
    expect(untickItem(doc, id, anna())).toBeNull();
    tickItem(doc, id, anna());
    expect(tickItem(doc, id, anna())).toBeNull();
    removeItem(doc, id, anna());
    expect([tickItem(doc, id, anna()), untickItem(doc, id, anna())]).toEqual([null, null]);
  });
});
