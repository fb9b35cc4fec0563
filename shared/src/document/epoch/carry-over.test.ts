import { describe, expect, it } from 'vitest';
import { addItem } from '../commands/add-item.ts';
import { renameItem, setAmount, setNote } from '../commands/edit-item.ts';
import { createList, renameList } from '../commands/list-commands.ts';
import { moveItem } from '../commands/move-item.ts';
import { clearTicked, removeItem } from '../commands/remove-items.ts';
import { tickItem, untickItem } from '../commands/tick-item.ts';
import { anna, ben, describeView, idOf, phone } from '../fixtures/family.ts';
import type { ListDocument } from '../list-document.ts';
import { carryOver } from './carry-over.ts';
import { keepValues } from './key-values.ts';
import { seedEpoch } from './seed-epoch.ts';

const week = 7 * 24 * 60;

interface Scenario {
  readonly name: string;
  readonly base?: (doc: ListDocument) => void;
  /** What somebody does offline, in the epoch that ends meanwhile. */
  readonly late: (doc: ListDocument) => void;
  /** What happens in the next epoch before they are back. */
  readonly meanwhile?: (doc: ListDocument) => void;
  readonly expected: string;
}

const pieces = (quantity: number) => ({ quantity, unit: '' });
const kitchen = (doc: ListDocument) => {
  createList(doc, 'Home', anna());
  for (const name of ['Milk', 'Bread', 'Eggs']) addItem(doc, { name }, anna());
};

const scenarios: readonly Scenario[] = [
  {
    name: 'nothing',
    late: () => undefined,
    expected: 'Milk[ ] 1, Bread[ ] 1, Eggs[ ] 1',
  },
  {
    name: 'a tick',
    late: (doc) => tickItem(doc, idOf(doc, 'Milk'), ben(5)),
    expected: 'Milk[x] 1, Bread[ ] 1, Eggs[ ] 1',
  },
  {
    name: 'a tick that was taken back',
    base: (doc) => tickItem(doc, idOf(doc, 'Milk'), anna(1)),
    late: (doc) => untickItem(doc, idOf(doc, 'Milk'), ben(5)),
    expected: 'Milk[ ] 1, Bread[ ] 1, Eggs[ ] 1',
  },
  {
    name: 'a new item',
    late: (doc) => addItem(doc, { name: 'Ham', amount: pieces(2), note: 'thin' }, ben(5)),
    expected: 'Milk[ ] 1, Bread[ ] 1, Eggs[ ] 1, Ham[ ] 2 (thin)',
  },
  {
    name: 'a new item that the next epoch has too, later',
    late: (doc) => addItem(doc, { name: 'Ham', amount: pieces(2) }, ben(5)),
    meanwhile: (doc) => addItem(doc, { name: 'Ham', amount: pieces(3) }, anna(50)),
    expected: 'Milk[ ] 1, Bread[ ] 1, Eggs[ ] 1, Ham[ ] 3',
  },
  {
    name: 'a note, renamed meanwhile',
    late: (doc) => setNote(doc, idOf(doc, 'Milk'), 'organic', ben(5)),
    meanwhile: (doc) => renameItem(doc, idOf(doc, 'Milk'), 'Oat milk', anna(50)),
    expected: 'Oat milk[ ] 1 (organic), Bread[ ] 1, Eggs[ ] 1',
  },
  {
    name: 'a note, another meanwhile',
    late: (doc) => setNote(doc, idOf(doc, 'Milk'), 'organic', ben(5)),
    meanwhile: (doc) => setNote(doc, idOf(doc, 'Milk'), 'big', anna(50)),
    expected: 'Milk[ ] 1 (big), Bread[ ] 1, Eggs[ ] 1',
  },
  {
    name: 'a removal',
    late: (doc) => removeItem(doc, idOf(doc, 'Milk'), ben(5)),
    expected: 'Bread[ ] 1, Eggs[ ] 1',
  },
  {
    name: 'a removal, amount edited meanwhile',
    late: (doc) => removeItem(doc, idOf(doc, 'Milk'), ben(5)),
    meanwhile: (doc) => setAmount(doc, idOf(doc, 'Milk'), pieces(4), anna(50)),
    expected: 'Milk[ ] 4, Bread[ ] 1, Eggs[ ] 1',
  },
  {
    name: 'an amount, removed meanwhile',
    late: (doc) => setAmount(doc, idOf(doc, 'Milk'), pieces(4), ben(5)),
    meanwhile: (doc) => removeItem(doc, idOf(doc, 'Milk'), anna(50)),
    expected: 'Milk[ ] 4, Bread[ ] 1, Eggs[ ] 1',
  },
  {
    name: 'a stale tick; bought, cleared and wanted again meanwhile',
    late: (doc) => tickItem(doc, idOf(doc, 'Milk'), ben(5)),
    meanwhile: (doc) => {
      tickItem(doc, idOf(doc, 'Milk'), anna(20));
      clearTicked(doc, anna(21));
      addItem(doc, { name: 'Milk' }, anna(900));
    },
    expected: 'Milk[ ] 1, Bread[ ] 1, Eggs[ ] 1',
  },
  {
    name: 'a move',
    late: (doc) => moveItem(doc, idOf(doc, 'Milk'), { after: idOf(doc, 'Eggs') }, ben(5)),
    expected: 'Bread[ ] 1, Eggs[ ] 1, Milk[ ] 1',
  },
  {
    name: 'wanting again what was forgotten when the epoch ended',
    base: (doc) => {
      addItem(
        doc,
        { name: 'Tinsel', amount: { quantity: 2, unit: 'm' }, note: 'gold', category: 'household' },
        anna(-90 * week),
      );
      tickItem(doc, idOf(doc, 'Tinsel'), anna(-90 * week));
      clearTicked(doc, anna(-90 * week));
    },
    late: (doc) => addItem(doc, { name: 'Tinsel' }, ben(5)),
    expected: 'Milk[ ] 1, Bread[ ] 1, Eggs[ ] 1, Tinsel[ ] 1 m (gold)',
  },
  {
    name: 'a note on what was forgotten and that nobody wants',
    base: (doc) => {
      removeItem(doc, addItem(doc, { name: 'Typo' }, anna()).id, anna());
    },
    late: (doc) => setNote(doc, idOf(doc, 'Typo'), 'lost', ben(5)),
    expected: 'Milk[ ] 1, Bread[ ] 1, Eggs[ ] 1',
  },
];

/** Seals an epoch while somebody edits in it, and brings their edits into the next. */
function carry({ base, late, meanwhile }: Scenario) {
  const old = phone(1);
  kitchen(old);
  base?.(old);
  const sealed = phone(10, old.encode());
  const straggler = phone(2, old.encode());
  late(straggler);
  const next = seedEpoch(sealed, 1, { nowMs: anna(10).nowMs, clientId: 3 });
  const log = [next.encode()];
  next.onLocalUpdate((update) => log.push(update));
  meanwhile?.(next);
  const merged = phone(11, sealed.encode());
  const before = keepValues(merged);
  merged.apply(straggler.encode(), 'remote');
  const carried = carryOver({ before, after: keepValues(merged) }, next);
  return { next, log, carried, sealed, merged };
}

const brief = (doc: ListDocument) => describeView(doc).replaceAll(/ (other|household)/g, '');

describe('carryOver', () => {
  it.each(scenarios)('D6 brings over $name', (scenario) => {
    const { next, log, carried, sealed, merged } = carry(scenario);
    expect(brief(next)).toBe(scenario.expected);
    expect(log.slice(log.length - carried.length)).toEqual(carried);
    const other = phone(4);
    expect(other.applyAll(log, 'remote').every(({ applied }) => applied)).toBe(true);
    expect(brief(other)).toBe(scenario.expected);
    expect(carryOver({ before: keepValues(sealed), after: keepValues(merged) }, next)).toEqual([]);
  });

  it('D6 brings over a title, unless there is another by now', () => {
    const late = (doc: ListDocument) => renameList(doc, 'Cabin', ben(5));
    expect(carry({ name: '', late, expected: '' }).next.view.title).toBe('Cabin');
    const meanwhile = (doc: ListDocument) => renameList(doc, 'Boat', anna(6));
    expect(carry({ name: '', late, meanwhile, expected: '' }).next.view.title).toBe('Boat');
  });

  it('D6 keeps what was bought in one go while the epoch ended', () => {
    const late = (doc: ListDocument) => {
      tickItem(doc, addItem(doc, { name: 'Ham' }, ben(5)).id, ben(6));
      clearTicked(doc, ben(7));
    };
    const { next } = carry({ name: '', late, expected: '' });
    expect(next.products()).toContainEqual(expect.objectContaining({ name: 'Ham', wantedAt: null }));
  });

  it('D6 brings over what a later epoch has, when the time between is lost, and takes nothing away that its seed left out', () => {
    const base = phone(1);
    kitchen(base);
    for (const name of ['Typo', 'Flour']) addItem(base, { name, note: 'usual' }, anna());
    tickItem(base, idOf(base, 'Flour'), anna(1));
    removeItem(base, idOf(base, 'Typo'), anna(2));
    clearTicked(base, anna(2));
    const restored = phone(10, base.encode());
    removeItem(base, idOf(base, 'Bread'), ben(4));
    const lost = phone(4, seedEpoch(base, 1, { nowMs: anna(10).nowMs, clientId: 3 }).encode());
    addItem(lost, { name: 'Ham' }, ben(15));
    tickItem(lost, idOf(lost, 'Milk'), ben(16));
    const current = seedEpoch(restored, 1_000, { nowMs: anna(20).nowMs, clientId: 11 });
    const known = [...current.keys('p')];
    const flour = current.read('g', idOf(current, 'Flour'));
    carryOver({ before: keepValues(restored), after: keepValues(lost), older: [keepValues(restored)] }, current);
    expect(brief(current)).toBe('Milk[x] 1, Eggs[ ] 1, Ham[ ] 1');
    expect([...current.keys('p')]).toEqual(expect.arrayContaining(known));
    expect(current.read('note', idOf(current, 'Flour'))).toBe('usual');
    expect(current.read('g', idOf(current, 'Flour'))).toEqual(flour);
    expect(
      carryOver({ before: keepValues(restored), after: keepValues(lost), older: [keepValues(restored)] }, current),
    ).toEqual([]);
  });

  it('D6 takes what was restored for nobody’s edit, where the lost epoch had something else', () => {
    const base = phone(1);
    kitchen(base);
    setNote(base, idOf(base, 'Milk'), 'restored', anna(1));
    setNote(base, idOf(base, 'Bread'), 'restored', anna(1));
    const restored = phone(10, base.encode());
    const lost = phone(2, seedEpoch(base, 1, { nowMs: anna(2).nowMs, clientId: 3 }).encode());
    for (const name of ['Milk', 'Bread']) setNote(lost, idOf(lost, name), '', ben(4));
    const before = keepValues(lost);
    for (const name of ['Milk', 'Bread']) setNote(lost, idOf(lost, name), 'late', ben(5));
    const current = seedEpoch(restored, 1_000, { nowMs: anna(20).nowMs, clientId: 11 });
    setNote(current, idOf(current, 'Bread'), 'newer', anna(6));
    carryOver({ before, after: keepValues(lost), older: [keepValues(restored)] }, current);
    expect(brief(current)).toBe('Milk[ ] 1 (late), Bread[ ] 1 (newer), Eggs[ ] 1');
  });

  it('D6 takes a product that was forgotten and begun anew as it is then, whatever is left of it, unless a later epoch has taken it off', () => {
    const base = phone(1);
    kitchen(base);
    const id = idOf(base, 'Milk');
    setNote(base, id, 'of goats', anna());
    removeItem(base, id, anna(1));
    const forgetful = phone(3, seedEpoch(base, 1, { nowMs: anna(1).nowMs, clientId: 4 }).encode());
    const before = keepValues(forgetful);
    forgetful.write([
      { root: 'p', key: id, value: { name: 'Milk' } },
      { root: 'order', key: id, value: 'a0' },
      { root: 'w', key: id, value: [anna(5).nowMs / 60_000, anna().memberId, 4] },
    ]);
    const taken = seedEpoch(forgetful, 2, { nowMs: anna(6).nowMs, clientId: 5 });
    removeItem(taken, id, anna(7));
    const [restored, again] = [phone(6, base.encode()), phone(7, base.encode())];
    carryOver({ before, after: keepValues(forgetful), later: [keepValues(taken)] }, restored);
    expect(restored.item(id)).toBeUndefined();
    carryOver({ before, after: keepValues(forgetful) }, again);
    expect(again.item(id)).toMatchObject({ name: 'Milk', amount: pieces(4), note: '' });
  });

  it('D6 writes nothing for a key that nobody could show', () => {
    const [, note] = [null, scenarios.at(-1)];
    if (note) expect([...carry(note).next.keys('note')]).toEqual([]);
  });
});
