import { describe, expect, it } from 'vitest';
import { addItem } from '../commands/add-item.ts';
import { setNote } from '../commands/edit-item.ts';
import { createList } from '../commands/list-commands.ts';
import { removeItem } from '../commands/remove-items.ts';
import { anna, ben, describeView, idOf, phone } from '../fixtures/family.ts';
import type { ListDocument } from '../list-document.ts';
import { carryOver } from './carry-over.ts';
import { keepValues } from './key-values.ts';
import { readPast } from './past.ts';
import { seedEpoch } from './seed-epoch.ts';

let lastClientId = 100;

/** The epoch that follows, as a phone has it. */
function follow(doc: ListDocument, epoch = doc.epoch + 1): ListDocument {
  lastClientId += 2;
  const seed = seedEpoch(doc, epoch, { nowMs: anna(10).nowMs, clientId: lastClientId });
  return phone(lastClientId + 1, seed.encode());
}

function kitchen(): ListDocument {
  const doc = phone(1);
  createList(doc, 'Home', anna());
  for (const name of ['Milk', 'Bread']) addItem(doc, { name }, anna());
  return doc;
}

const brief = (doc: ListDocument) => describeView(doc).replaceAll(/ (other|household)/g, '');
const setBread = (doc: ListDocument, note: string) => setNote(doc, idOf(doc, 'Bread'), note, ben(4));
const restored = 1_000;

/** An epoch that bread was removed from, what it had before that, the one that followed it, and one that followed a backup of what was before. */
function withoutBread() {
  const base = kitchen();
  const next = follow(base, restored);
  const older = follow(base);
  removeItem(older, idOf(older, 'Bread'), ben(4));
  const before = keepValues(older);
  return { backup: keepValues(base), next, older, before, told: follow(older) };
}

describe('what epochs have had of each other', () => {
  it('D6 decides against an edit of what somebody has written since, be it the same again', () => {
    const base = kitchen();
    setBread(base, 'rye');
    const next = follow(base);
    setBread(next, '');
    setBread(next, 'rye');
    const before = keepValues(base);
    setBread(base, 'white');
    carryOver({ before, after: keepValues(base) }, next);
    expect(brief(next)).toBe('Milk[ ] 1, Bread[ ] 1 (rye)');
  });

  it('D6 takes nothing from what somebody tells of an epoch that a later one has had all of', () => {
    const base = kitchen();
    const next = follow(base, restored);
    const told = follow(base);
    const later = follow(told);
    removeItem(told, idOf(told, 'Bread'), ben(4));
    const edit = { before: keepValues(base), after: keepValues(told), told: told.encode() };
    carryOver({ ...edit, later: [keepValues(later)] }, next);
    expect(brief(next)).toBe('Milk[ ] 1, Bread[ ] 1');
    carryOver(edit, follow(next));
    expect(readPast(next).epochs).toEqual([0, 1]);
  });

  it('D6 leaves what an older epoch has got late, and the one that is told never had', () => {
    const { backup, next, older, before, told } = withoutBread();
    addItem(older, { name: 'Bread' }, anna());
    const around = { older: [backup, keepValues(older)] };
    carryOver({ before, after: keepValues(told), told: told.encode(), ...around }, next);
    expect(brief(next)).toBe('Milk[ ] 1, Bread[ ] 1');
  });

  it('D6 removes what an epoch that is told had from an older one, and has no more', () => {
    const { backup, next, before, told } = withoutBread();
    carryOver({ before, after: keepValues(told), told: told.encode(), older: [backup] }, next);
    expect(brief(next)).toBe('Milk[ ] 1');
  });

  it('D6 removes what came from an older epoch in the time that is lost, and was removed in it', () => {
    const base = kitchen();
    const [known, lost] = [follow(base), follow(base)];
    const beforeJam = keepValues(base);
    addItem(base, { name: 'Jam' }, ben(4));
    const late = { before: beforeJam, after: keepValues(base) };
    const next = follow(known, restored);
    carryOver(late, next);
    carryOver(late, lost);
    removeItem(lost, idOf(lost, 'Jam'), ben(5));
    const before = keepValues(known);
    carryOver({ before, after: keepValues(lost), told: lost.encode(), older: [late.after] }, next);
    expect(brief(next)).toBe('Milk[ ] 1, Bread[ ] 1');
  });

  it('D6 keeps a product that was taken off before an epoch that is told, and is wanted again', () => {
    const base = kitchen();
    const bread = { name: 'Bread', note: 'rye' };
    removeItem(base, idOf(base, 'Bread'), ben(4));
    const told = follow(base);
    addItem(base, bread, ben(5));
    const next = follow(base, restored);
    const edit = { before: keepValues(phone(9)), after: keepValues(told), told: told.encode() };
    carryOver({ ...edit, older: [keepValues(base)] }, next);
    expect(brief(next)).toBe('Milk[ ] 1, Bread[ ] 1 (rye)');
  });

  it('D6 keeps what was removed and wanted again in a lost epoch, of which the one that is told has the value from before', () => {
    const base = kitchen();
    const [live, away] = [phone(2, base.encode()), phone(3, base.encode())];
    const [backup, told] = [keepValues(base), follow(base, restored)];
    removeItem(live, idOf(live, 'Bread'), ben(4));
    addItem(live, { name: 'Bread' }, anna());
    const lost = follow(live);
    carryOver({ before: backup, after: keepValues(lost), told: lost.encode(), older: [backup] }, told);
    removeItem(away, idOf(away, 'Bread'), ben(4));
    const next = follow(away, 2 * restored);
    const edit = { before: keepValues(phone(9)), after: keepValues(told), told: told.encode() };
    carryOver({ ...edit, older: [keepValues(away)] }, next);
    expect(brief(next)).toBe('Milk[ ] 1, Bread[ ] 1');
  });

  it('D6 writes an edit over what a later epoch has only passed on, without having had the edit', () => {
    const base = kitchen();
    setBread(base, 'rye');
    const later = follow(base);
    const next = follow(later, restored);
    setBread(base, 'white');
    carryOver({ before: null, after: keepValues(base), told: base.encode(), later: [keepValues(later)] }, next);
    expect(brief(next)).toBe('Milk[ ] 1, Bread[ ] 1 (white)');
  });

  it.each([
    { title: 'what a later epoch has, though a deletion before it comes again', noteNow: 'rye', expected: 'dark' },
    { title: 'what was written since, though that comes again', noteNow: 'newer', expected: 'newer' },
  ])('D6 keeps $title', ({ noteNow, expected }) => {
    const base = kitchen();
    setBread(base, 'rye');
    const edits: Uint8Array[] = [];
    const writer = phone(2, base.encode());
    writer.onLocalUpdate((update) => edits.push(update));
    for (const note of ['', 'white', 'dark']) setBread(writer, note);
    const later = [keepValues(follow(writer))];
    const current = phone(3, base.encode());
    setBread(current, noteNow);
    const next = follow(current, restored);
    const again = phone(4, base.encode());
    for (const edit of edits) {
      const before = keepValues(again);
      expect(again.apply(edit, 'remote')).toEqual({ applied: true });
      carryOver({ before, after: keepValues(again), later }, next);
    }
    expect(brief(next)).toBe(`Milk[ ] 1, Bread[ ] 1 (${expected})`);
  });

  it('D6 brings all of a product that a later epoch had forgotten, of which a restore has left the name', () => {
    const base = kitchen();
    const backup = keepValues(base);
    const next = follow(base, restored);
    setBread(base, 'rye');
    removeItem(base, idOf(base, 'Bread'), ben(4));
    const later = follow(base);
    carryOver({ before: backup, after: keepValues(later), told: later.encode(), older: [backup] }, next);
    expect(brief(next)).toBe('Milk[ ] 1');
    const before = keepValues(base);
    addItem(base, { name: 'Bread' }, ben(5));
    carryOver({ before, after: keepValues(base), later: [keepValues(later)] }, next);
    expect(brief(next)).toBe('Milk[ ] 1, Bread[ ] 1 (rye)');
  });

  it('D6 has had what is told, and what that had', () => {
    const base = kitchen();
    const middle = follow(base);
    const last = follow(middle);
    const next = follow(phone(2), restored);
    carryOver({ before: null, after: keepValues(last), told: last.encode() }, next);
    const past = readPast(next);
    expect(past.had(0)).toEqual(readPast(middle).had(0));
    expect(past.had(1)).toEqual(readPast(last).had(1));
    expect(past.had(2)).toEqual(keepValues(last).clocks);
  });
});
