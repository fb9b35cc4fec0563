import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  addItem,
  forgetProduct,
  ListDocument,
  removeItem,
  renameItem,
  suggest,
  tickItem,
  type Author,
} from '@trolley/shared/document';
import { createMemberId } from '@trolley/shared/protocol';
import { createFewGroceries } from './fixtures/few-groceries.ts';

const memberId = createMemberId((length) => new Uint8Array(length).fill(1));
const author: Author = { memberId, nowMs: Date.UTC(2026, 0, 1) };
const groceries = createFewGroceries();

let document: ListDocument;

beforeEach(() => {
  document = new ListDocument();
});

function suggested(typed: string, max = 8): string[] {
  return groceries.complete(suggest(document, typed, max), document, typed, max).map(({ name }) => name);
}

/** Makes the list know something that is not on it. */
function bought(name: string) {
  const { id } = addItem(document, { name }, author);
  removeItem(document, id, author);
  return id;
}

describe('W17 suggestions', () => {
  it('W17 come from the list first, then from the catalogue', () => {
    bought('Milk rolls');
    expect(suggested('mil')).toEqual(['Milk rolls', 'Milk', 'Milk chocolate']);
    expect(suggested('mil', 2)).toEqual(['Milk rolls', 'Milk']);
    expect(suggested('mil', 1)).toEqual(['Milk rolls']);
    expect(suggested('')).toEqual(['Milk rolls']);
  });

  it('W17 name no product twice, whatever the list calls it', () => {
    bought('MILKS');
    expect(suggested('milk')).toEqual(['MILKS', 'Milk chocolate']);
    bought('Courgette');
    bought('Zucchini');
    expect(suggested('zuc')).toEqual(['Zucchini']);
  });

  it('W17 give no name to two products', () => {
    forgetProduct(document, bought('courgettes'), author);
    renameItem(document, bought('Soup'), 'Milk', author);
    expect(suggested('m')).toEqual(['Milk', 'Milk chocolate']);
  });

  it("W17 offer the list's own product under the catalogue's other name for it", () => {
    bought('Zucchini');
    expect(suggested('courg')).toEqual(['Zucchini']);
  });

  it('W17 leave out what is to buy and what was forgotten, but not what is ticked', () => {
    const { id } = addItem(document, { name: 'whole milk' }, author);
    expect(suggested('milk')).toEqual(['Milk chocolate']);
    tickItem(document, id, author);
    expect(suggested('milk')).toEqual(['whole milk', 'Milk chocolate']);
    forgetProduct(document, bought('Bread'), author);
    expect(suggested('bre')).toEqual([]);
  });

  it('W17 follow a product that is renamed', () => {
    const { id } = addItem(document, { name: 'Flour' }, author);
    expect(suggested('flo')).toEqual([]);
    renameItem(document, id, 'Spelt', author);
    expect(suggested('flo')).toEqual(['Flour']);
  });
});

describe('W9 what the catalogue knows of a line', () => {
  it('W9 is its aisle', () => {
    expect(groceries.categoryOf('ripe zucchini')).toBe('produce');
    expect(groceries.categoryOf('a gift for Ben')).toBe('other');
  });

  it('W9 is what a bare amount means', () => {
    expect(groceries.amountOf('Flour', { quantity: 500, unit: '' })).toEqual({ quantity: 500, unit: 'g' });
    expect(groceries.amountOf('a gift for Ben', { quantity: 500, unit: '' })).toEqual({ quantity: 500, unit: '' });
  });
});

it('W17 a list is got to know once, however often it is asked for', async () => {
  bought('Milk');
  const breathe = vi.fn(() => Promise.resolve());
  const others = createFewGroceries();
  await Promise.all([others.getToKnow(document, breathe), others.getToKnow(document, breathe)]);
  await others.getToKnow(document, breathe);
  expect(breathe).toHaveBeenCalledTimes(1);
  await others.getToKnow(new ListDocument(), breathe);
  expect(breathe).toHaveBeenCalledTimes(1);
});
