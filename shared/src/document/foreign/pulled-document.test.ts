import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../testing/seeded-random.ts';
import { addItem } from '../commands/add-item.ts';
import { removeItem } from '../commands/remove-items.ts';
import { tickItem } from '../commands/tick-item.ts';
import { seedEpoch } from '../epoch/seed-epoch.ts';
import { ListDocument } from '../list-document.ts';
import { memberIdSchema } from '../../protocol/index.ts';
import { parse } from 'valibot';
import { PulledDocument } from './pulled-document.ts';

const author = { memberId: parse(memberIdSchema, 'AAAAAAAA'), nowMs: Date.UTC(2027, 5, 1) };

/** Does one of a few things to a list of a few items. */
function editSomething(document: ListDocument, random: SeededRandom): void {
  const { items } = document.view;
  const item = items.length === 0 ? undefined : random.pick(items);
  const what = random.integer(3);
  if (item === undefined || what === 0) addItem(document, { name: `Item ${random.integer(8)}` }, author);
  else if (what === 1) removeItem(document, item.id, author);
  else tickItem(document, item.id, author);
}

describe('a document as a pull answers it', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('R19 knows what is news to it, and what others lack (seed %i)', (seed) => {
    const random = new SeededRandom(seed);
    const [one, other] = [new ListDocument({ clientId: 1 }), new ListDocument({ clientId: 2 })];
    const log: Uint8Array[] = [];
    one.onLocalUpdate((update) => log.push(update));
    for (let round = 0; round < 60; round += 1) {
      editSomething(random.integer(2) === 0 ? one : other, random);
      const pulled = new PulledDocument([one.encode()], 0);
      const state = new PulledDocument([other.encode()], 0).encodeStateVector();
      const before = one.encode();
      const copy = new ListDocument({ clientId: 3 });
      copy.apply(before, 'remote');
      copy.apply(other.encode(), 'remote');
      const isOther = Buffer.compare(Buffer.from(copy.encode()), Buffer.from(before)) !== 0;
      expect(pulled.isNews(other.encode())).toBe(isOther);
      expect(pulled.isNews(before)).toBe(false);
      expect(other.apply(pulled.encodeMissing(state), 'remote')).toEqual({ applied: true });
      expect(other.view.items).toEqual(copy.view.items);
      if (random.integer(3) === 0) one.apply(other.encode(), 'remote');
    }
    expect(new PulledDocument(log.slice(0, 0), 0).encodeMissing(Uint8Array.of(0))).toEqual(Uint8Array.of(0, 0));
  });

  it('R19 is made of more updates than are merged at once', () => {
    const document = new ListDocument({ clientId: 1 });
    const log: Uint8Array[] = [];
    document.onLocalUpdate((update) => log.push(update));
    for (let item = 0; item < 250; item += 1) addItem(document, { name: `Item ${item}` }, author);
    const copy = new ListDocument();
    copy.apply(new PulledDocument(log, 0).encodeMissing(Uint8Array.of(0)), 'remote');
    expect(copy.view.items).toHaveLength(250);
  });

  it('R19 can tell what begins with another seed', () => {
    const document = new ListDocument({ clientId: 1 });
    addItem(document, { name: 'Milk' }, author);
    const seed = seedEpoch(document, 1, { nowMs: author.nowMs, clientId: 50 });
    const pulled = new PulledDocument([seed.encode()], 1);
    addItem(seed, { name: 'Bread' }, author);
    const stateOf = (of: ListDocument) => new PulledDocument([of.encode()], 0).encodeStateVector();
    expect(pulled.canBe(stateOf(seed))).toBe(true);
    expect(pulled.canBe(Uint8Array.of(0))).toBe(true);
    expect(pulled.canBe(stateOf(document))).toBe(false);
    expect(new PulledDocument([], 0).canBe(stateOf(document))).toBe(true);
    expect(pulled.canBe(Uint8Array.of(2, 1))).toBeNull();
    expect(pulled.canBe(Uint8Array.of())).toBeNull();
  });
});
