import { describe, expect, it } from 'vitest';
import { addItem, ListDocument, type ItemId } from '@trolley/shared/document';
import { createMemberId } from '@trolley/shared/protocol';
import { noChanges, type ChangeKind, type Changes } from './journal.ts';
import { noteChanges } from './note-changes.ts';
import { removedTogether } from './removed-together.ts';

const doc = new ListDocument();
const author = { memberId: createMemberId((length) => new Uint8Array(length)), nowMs: Date.UTC(2027, 5, 1) };
const [milk, bread, eggs, jam] = ['milk', 'bread', 'eggs', 'jam'].map((name) => addItem(doc, { name }, author).id);

type Noted = readonly [id: ItemId | undefined, kind: ChangeKind, at: number];

function together(...noted: readonly Noted[]): readonly string[] {
  let changes: Changes = noChanges;
  for (const [id, kind, at] of noted) {
    if (id !== undefined) changes = noteChanges(changes, id, [{ kind, at, by: null }]);
  }
  return removedTogether(changes, doc.products())
    .map(({ name }) => name)
    .sort();
}

describe('removedTogether', () => {
  it('W13 finds what went in one go, last of all', () => {
    expect(
      together([jam, 'removed', 10], [milk, 'removed', 20], [bread, 'removed', 21], [eggs, 'removed', 23]),
    ).toEqual(['bread', 'eggs', 'milk']);
  });

  it('W13 leaves out what has changed since it was removed, and what went alone', () => {
    expect(together([milk, 'removed', 20], [bread, 'removed', 20], [eggs, 'removed', 20], [eggs, 'note', 21])).toEqual([
      'bread',
      'milk',
    ]);
    expect(together([milk, 'removed', 20], [jam, 'removed', 10])).toEqual([]);
    expect(together()).toEqual([]);
  });
});
