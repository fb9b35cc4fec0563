import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeUpdates } from '../document/index.ts';
import { namesOn, testList, updatesFor } from '../testing/family-updates.ts';
import { restoreDocument } from './restore-document.ts';
import { newList, type StoredCopy } from './storage.ts';

const names = Array.from({ length: 8 }, (_, index) => `Item ${String(index)}`);
const pieces = updatesFor(1, names);
const copyOf = (updates: readonly Uint8Array[], epoch = 0): StoredCopy => ({
  meta: { ...newList(testList), epoch },
  updates,
  confirmedCount: updates.length,
  waiting: 0,
  pieces: [],
});

describe('a document from what the phone has stored', () => {
  it('P5 is whole in whatever order its pieces lie there, and however often', () => {
    const orders = fc.tuple(fc.shuffledSubarray([...pieces], { minLength: pieces.length }), fc.subarray([...pieces]));
    fc.assert(
      fc.property(orders, ([shuffled, again]) => {
        const { document, isComplete } = restoreDocument(copyOf([...shuffled, ...again]), 9);
        expect([isComplete, namesOn(document)]).toEqual([true, names]);
      }),
    );
  });

  it('P5 says so when something that others build on is missing', () => {
    const { document, isComplete } = restoreDocument(copyOf(pieces.filter((_, index) => index !== 3)), 9);
    expect([isComplete, namesOn(document)]).toEqual([false, names.slice(0, 3)]);
  });

  it('P13 leaves out what the guard does not let pass, which is nothing missing', () => {
    const { document, isComplete } = restoreDocument(copyOf([Uint8Array.of(9, 9, 9), ...pieces]), 9);
    expect([isComplete, namesOn(document)]).toEqual([true, names]);
  });

  it('P9 is of the stored epoch, and written by a client of its own', () => {
    const { document } = restoreDocument(copyOf([mergeUpdates(pieces)], 4), 77);
    expect([document.epoch, document.clientId]).toEqual([4, 77]);
  });
});
