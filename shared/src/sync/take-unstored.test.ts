import { beforeEach, describe, expect, it } from 'vitest';
import { testList as list, testLog, updatesFor } from '../testing/family-updates.ts';
import { createListId } from '../protocol/index.ts';
import { keepUnstored, unstoredKey, type Notes } from './keep-unstored.ts';
import { MemoryStorage } from './memory-storage.ts';
import type { OutboxEdit } from './storage.ts';
import { takeUnstored } from './take-unstored.ts';

const [milk = new Uint8Array(), bread = new Uint8Array()] = updatesFor(1, ['Milk', 'Bread']);
const anEdit = (update: Uint8Array): OutboxEdit => ({ epoch: 3, update });
const refused = (): never => {
  throw new DOMException('No space', 'QuotaExceededError');
};

describe('edits of a page that goes before they are stored', () => {
  let storage: MemoryStorage;
  let written: Map<string, string>;
  let notes: Notes;

  beforeEach(async () => {
    storage = new MemoryStorage();
    await storage.saveList(list, {});
    written = new Map();
    notes = {
      getItem: (key) => written.get(key) ?? null,
      setItem: (key, value) => written.set(key, value),
      removeItem: (key) => written.delete(key),
    };
  });

  const keep = (...edits: OutboxEdit[]) => {
    keepUnstored(notes, new Map(edits.map((edit) => [edit, list])));
  };
  const waiting = async () => {
    const entries = await storage.outbox(list, 10);
    return entries.map(({ epoch, update, heardIn }) => ({
      epoch,
      update,
      ...(heardIn === undefined ? {} : { heardIn }),
    }));
  };

  it('W2 are in the outbox at the next start, in their order and as they were, and written down no more', async () => {
    keep(anEdit(milk), { ...anEdit(bread), heardIn: testLog });
    await takeUnstored(storage, notes);
    expect(await waiting()).toEqual([anEdit(milk), { ...anEdit(bread), heardIn: testLog }]);
    expect(written.size).toBe(0);
  });

  it('W2 of two tabs that went at once are both there', async () => {
    keep(anEdit(milk));
    keep(anEdit(bread));
    await takeUnstored(storage, notes);
    expect(await waiting()).toEqual([anEdit(milk), anEdit(bread)]);
  });

  it('W2 are there once, if they have come to be stored in spite of all', async () => {
    await storage.putOutbox(list, anEdit(milk));
    keep(anEdit(milk), anEdit(bread));
    await takeUnstored(storage, notes);
    expect(await waiting()).toEqual([anEdit(milk), anEdit(bread)]);
  });

  it('W2 wait for the next start where the phone refuses to store them', async () => {
    keep(anEdit(milk));
    const put = storage.putOutbox.bind(storage);
    storage.putOutbox = () => Promise.reject(new DOMException('No space', 'QuotaExceededError'));
    await expect(takeUnstored(storage, notes)).rejects.toThrow('No space');
    storage.putOutbox = put;
    await takeUnstored(storage, notes);
    expect(await waiting()).toEqual([anEdit(milk)]);
  });

  it('W2 that another tab writes down while these are taken stay for the next start', async () => {
    keep(anEdit(milk));
    const put = storage.putOutbox.bind(storage);
    storage.putOutbox = (...edit) => {
      storage.putOutbox = put;
      keep(anEdit(bread));
      return put(...edit);
    };
    await takeUnstored(storage, notes);
    expect(await waiting()).toEqual([anEdit(milk)]);
    await takeUnstored(storage, notes);
    expect(await waiting()).toEqual([anEdit(milk), anEdit(bread)]);
    expect(written.size).toBe(0);
  });

  it('W2 that another tab writes down after it has taken these stay, too', async () => {
    keep(anEdit(milk));
    const put = storage.putOutbox.bind(storage);
    storage.putOutbox = async (...edit) => {
      storage.putOutbox = put;
      await put(...edit);
      await takeUnstored(storage, notes);
      keep(anEdit(bread));
    };
    await takeUnstored(storage, notes);
    await takeUnstored(storage, notes);
    expect(await waiting()).toEqual([anEdit(milk), anEdit(bread)]);
  });

  it('W2 of a list that has left the phone are nobody’s, and so is what cannot be read', async () => {
    const gone = createListId((byteLength) => new Uint8Array(byteLength).fill(9));
    keepUnstored(notes, new Map([[anEdit(milk), gone]]));
    notes.setItem(unstoredKey, `{]\n[{"list":7}]\n${notes.getItem(unstoredKey) ?? ''}`);
    keep(anEdit(bread));
    await takeUnstored(storage, notes);
    expect(await storage.waitingLists()).toEqual([list]);
    expect(await waiting()).toEqual([anEdit(bread)]);
    expect(written.size).toBe(0);
  });

  it('W2 are not written down where there are none, and a browser that refuses stops nobody', () => {
    keep();
    expect(written.size).toBe(0);
    notes.setItem = refused;
    keep(anEdit(milk));
    keepUnstored(null, new Map([[anEdit(milk), list]]));
    expect(written.size).toBe(0);
  });
});
