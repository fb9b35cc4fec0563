import { beforeEach, describe, expect, it } from 'vitest';
import {
  addItem,
  ListDocument,
  removeItem,
  renameItem,
  setAmount,
  setCategory,
  setNote,
  tickItem,
  type Author,
  type ItemId,
} from '@trolley/shared/document';
import { createListId, createMemberId, type MemberId, type RosterEntry } from '@trolley/shared/protocol';
import type { OpenListEvent } from '@trolley/shared/sync';
import { settle } from '@trolley/shared/testing';
import { changesOf, removedAmount } from './journal.ts';
import { JournalKeeper } from './journal-keeper.ts';
import { changedKinds, noteChanges, readKept } from './note-changes.ts';

const listId = createListId((length) => new Uint8Array(length).fill(1));
const memberOf = (fill: number) => createMemberId((length) => new Uint8Array(length).fill(fill));
const [self, ben] = [memberOf(1), memberOf(2)];
const nowMs = Date.UTC(2027, 5, 1);
const by = (memberId: MemberId): Author => ({ memberId, nowMs });

let document: ListDocument;
let theirs: ListDocument;
let milk: ItemId;
let kept: string;
let roster: readonly RosterEntry[];
let tell: (event: OpenListEvent) => void;

function openPage(): JournalKeeper {
  return new JournalKeeper({
    listId,
    self: () => self,
    nowMs: () => nowMs,
    open: {
      get document() {
        return document;
      },
      get roster() {
        return roster;
      },
      on: (callback) => {
        tell = callback;
        return () => undefined;
      },
    },
    memory: {
      read: () => Promise.resolve(JSON.parse(kept)),
      revise: (_list, _name, revise) => {
        kept = JSON.stringify(revise(JSON.parse(kept)));
        return Promise.resolve();
      },
    },
  });
}

/** What Ben does on his phone, as it arrives here. */
function elsewhere(act: () => void): void {
  theirs.apply(document.encode(), 'remote');
  act();
  document.apply(theirs.encode(), 'remote');
}

async function noted(keeper: JournalKeeper): Promise<readonly (readonly [string, MemberId | null])[]> {
  await settle();
  return changesOf(await keeper.read(), milk).map((change) => [change.kind, change.by] as const);
}

describe('JournalKeeper', () => {
  beforeEach(() => {
    document = new ListDocument();
    theirs = new ListDocument();
    milk = addItem(document, { name: 'milk' }, by(self)).id;
    kept = 'null';
    roster = [{ clientId: theirs.clientId, memberId: ben, name: 'Ben', color: 1 }];
  });

  it('W53 knows who changed what of an item, here and elsewhere, also after a reload', async () => {
    const keeper = openPage();
    setNote(document, milk, 'organic', by(self));
    elsewhere(() => {
      setAmount(theirs, milk, { quantity: 2, unit: 'l' }, by(ben));
      renameItem(theirs, milk, 'oat milk', by(ben));
      setCategory(theirs, milk, 'drinks', by(ben));
    });
    const changes = [
      ['note', self],
      ['name', ben],
      ['quantity', ben],
      ['category', ben],
    ];
    expect(await noted(keeper)).toEqual(changes);
    keeper.dispose();
    expect(await noted(openPage())).toEqual(changes);
  });

  it('W53 names nobody where it cannot tell', async () => {
    roster = [];
    const keeper = openPage();
    elsewhere(() => setNote(theirs, milk, 'organic', by(ben)));
    expect(await noted(keeper)).toEqual([['note', null]]);
    roster = [{ clientId: theirs.clientId, memberId: ben, name: 'Ben', color: 1 }];
    tell('roster');
    elsewhere(() => removeItem(theirs, milk, by(ben)));
    expect(await noted(keeper)).toEqual([
      ['note', null],
      ['removed', null],
    ]);
  });

  it('W53 knows what was removed here, and goes on in the epoch after', async () => {
    const keeper = openPage();
    const next = new ListDocument({ epoch: 1 });
    next.apply(document.encode(), 'storage');
    document = next;
    tell('document');
    removeItem(document, milk, by(self));
    expect(await noted(keeper)).toEqual([['removed', self]]);
  });

  it('W13 W53 knows how much was wanted of what was removed', async () => {
    const keeper = openPage();
    setAmount(document, milk, { quantity: 2, unit: 'l' }, by(self));
    const amount = async () => removedAmount(await keeper.read(), { id: milk, unit: 'l' });
    expect(await amount()).toBeNull();
    removeItem(document, milk, by(self));
    await settle();
    expect(await amount()).toEqual({ quantity: 2, unit: 'l' });
  });

  it('W53 leaves to the list what the list says itself', async () => {
    const keeper = openPage();
    tickItem(document, milk, by(self));
    addItem(document, { name: 'bread' }, by(self));
    expect(await noted(keeper)).toEqual([]);
    expect(kept).toBe('null');
  });

  it('W53 keeps the last change of each kind, of so many items at most', () => {
    const change = { kind: 'note', at: 1, by: null } as const;
    const twice = noteChanges(noteChanges(new Map(), milk, [change]), milk, [{ ...change, at: 2 }]);
    expect(changesOf(twice, milk)).toEqual([{ ...change, at: 2 }]);
    const ids = Array.from(
      { length: 400 },
      (_, index) => addItem(document, { name: `thing ${String(index)}` }, by(self)).id,
    );
    let changes = twice;
    for (const id of ids) changes = noteChanges(changes, id, [change]);
    expect([changes.size, changesOf(changes, milk), changesOf(changes, ids[399] ?? milk)]).toEqual([300, [], [change]]);
    for (const value of [null, 'x', [['short', []]], [[milk, [{ kind: 'eaten' }]]]])
      expect(readKept(value).size).toBe(0);
  });

  it('W53 takes nothing for changed that is new or wanted anew', () => {
    const item = document.item(milk);
    if (item === undefined) throw new Error('milk is there');
    const amount = { quantity: 2, unit: 'l' };
    expect(changedKinds(undefined, item)).toEqual([]);
    expect(changedKinds(item, { ...item, amount, wantedAt: item.wantedAt + 1 })).toEqual([]);
    expect(changedKinds(item, { ...item, amount })).toEqual(['quantity']);
  });
});
