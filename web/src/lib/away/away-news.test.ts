import { describe, expect, it } from 'vitest';
import {
  addItem,
  clearTicked,
  lastGot,
  ListDocument,
  removeItem,
  renameItem,
  setAmount,
  setNote,
  tickItem,
  untickItem,
  type Author,
  type ItemId,
} from '@trolley/shared/document';
import { createMemberId, type MemberId } from '@trolley/shared/protocol';
import { awayNews, toShown } from './away-news.ts';
import { awayText } from './away-text.ts';

const memberOf = (fill: number) => createMemberId((length) => new Uint8Array(length).fill(fill));
const [annaId, benId, selfId] = [memberOf(1), memberOf(2), memberOf(3)];
const names = new Map([
  [annaId, 'Anna'],
  [benId, 'Ben'],
]);

/** Milk and bread to buy and eggs in the trolley, all by oneself, and what becomes of them. */
class Kitchen {
  readonly doc = new ListDocument();
  #nowMs = Date.UTC(2027, 5, 1);

  constructor() {
    for (const name of ['milk', 'bread', 'eggs']) addItem(this.doc, { name }, this.self());
    tickItem(this.doc, this.id('eggs'), this.self());
  }

  anna = () => this.#by(annaId);
  ben = () => this.#by(benId);
  self = () => this.#by(selfId);

  id(name: string): ItemId {
    const found = this.doc.view.items.find((item) => item.name === name);
    if (found === undefined) throw new Error(`no ${name}`);
    return found.id;
  }

  #by(memberId: MemberId): Author {
    this.#nowMs += 60_000;
    return { memberId, nowMs: this.#nowMs };
  }
}

/** What the card says of it. */
function told(act: (kitchen: Kitchen) => void): readonly string[] {
  const kitchen = new Kitchen();
  const { doc } = kitchen;
  const before = doc.view.items.map(toShown);
  act(kitchen);
  const news = awayNews(before, { items: doc.view.items, got: (id) => lastGot(doc, id) }, selfId);
  return news === null ? [] : awayText(news, (by) => (by && names.get(by)) ?? 'Someone', 'en');
}

describe('what others did while somebody was away', () => {
  it('W52 says who added and who got what, and counts what is too much to name', () => {
    const sentences = told((kitchen) => {
      const { doc } = kitchen;
      for (const name of ['jam', 'salt', 'rice', 'oil', 'tea']) addItem(doc, { name }, kitchen.anna());
      tickItem(doc, kitchen.id('milk'), kitchen.ben());
      tickItem(doc, kitchen.id('jam'), kitchen.ben());
    });
    expect(sentences).toEqual(['Ben got milk and jam', 'Anna added jam, salt, rice, and 2 more']);
  });

  it('W52 counts as got what was got and cleared, and says nothing of what was in the trolley before', () => {
    const sentences = told((kitchen) => {
      tickItem(kitchen.doc, kitchen.id('milk'), kitchen.ben());
      clearTicked(kitchen.doc, kitchen.anna());
    });
    expect(sentences).toEqual(['Ben got milk']);
  });

  it('W52 says what is wanted again, what is other now and what is gone', () => {
    const sentences = told((kitchen) => {
      const { doc } = kitchen;
      untickItem(doc, kitchen.id('eggs'), kitchen.anna());
      setAmount(doc, kitchen.id('milk'), { quantity: 2, unit: 'l' }, kitchen.ben());
      removeItem(doc, kitchen.id('bread'), kitchen.ben());
    });
    expect(sentences).toEqual(['Anna added eggs', 'Changed: milk', 'Removed: bread']);
  });

  it.each([
    ['a note', (kitchen: Kitchen) => setNote(kitchen.doc, kitchen.id('milk'), 'organic', kitchen.ben())],
    ['a name', (kitchen: Kitchen) => renameItem(kitchen.doc, kitchen.id('milk'), 'oat milk', kitchen.ben())],
  ])('W52 says that %s is other now', (_name, act) => {
    expect(told((kitchen) => void act(kitchen))).toEqual([expect.stringMatching(/^Changed: (oat )?milk$/)]);
  });

  it('W52 is silent about oneself, and when all is as it was', () => {
    expect(told(() => undefined)).toEqual([]);
    const sentences = told((kitchen) => {
      addItem(kitchen.doc, { name: 'jam' }, kitchen.self());
      tickItem(kitchen.doc, kitchen.id('milk'), kitchen.self());
      addItem(kitchen.doc, { name: 'salt' }, kitchen.anna());
      removeItem(kitchen.doc, kitchen.id('salt'), kitchen.anna());
    });
    expect(sentences).toEqual([]);
  });
});
