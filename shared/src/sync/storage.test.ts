import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createListId, createLogId, type LogId } from '../protocol/index.ts';
import { IndexedDbStorage } from './indexeddb-storage.ts';
import { MemoryStorage } from './memory-storage.ts';
import type { Storage } from './storage.ts';

const list = createListId((byteLength) => new Uint8Array(byteLength).fill(1));
const other = createListId((byteLength) => new Uint8Array(byteLength).fill(2));
const log = createLogId((byteLength) => new Uint8Array(byteLength).fill(1));
const otherLog = createLogId((byteLength) => new Uint8Array(byteLength).fill(2));
const bytes = (...values: number[]) => Uint8Array.from(values);
const at = (cursor: number, epoch = 0, of: LogId = log) => ({ log: of, epoch, cursor });

interface OpenStorage {
  storage: Storage;
  close: () => void;
}

const kinds: [string, () => Promise<OpenStorage>][] = [
  ['memory', () => Promise.resolve({ storage: new MemoryStorage(), close: () => undefined })],
  [
    'IndexedDB',
    async () => {
      const storage = await IndexedDbStorage.open(`contract-${randomUUID()}`);
      const close = () => {
        storage.close();
      };
      return { storage, close };
    },
  ],
];

describe.each(kinds)('the storage in %s', (_kind, open) => {
  let storage: Storage;
  let close: () => void;

  beforeEach(async () => {
    ({ storage, close } = await open());
  });
  afterEach(() => {
    close();
  });

  /** All updates of the copy, in their order. */
  const updatesOf = async (of = list) => (await storage.load(of))?.updates.map((update) => [...update]) ?? null;
  const keysOf = async (of = list) => (await storage.outbox(of, 100)).map((entry) => entry.key);

  it('P1 knows nothing of a list before it is told of it', async () => {
    expect(await storage.lists()).toEqual([]);
    expect(await storage.load(list)).toBeNull();
    expect(await storage.outbox(list, 10)).toEqual([]);
    expect(await storage.countOutbox(list)).toBe(0);
    expect(await storage.waitingLists()).toEqual([]);
  });

  it('P1 changes fields of a list that is here, and puts none back that is not', async () => {
    await storage.saveList(list, { title: 'Home', toBuy: 3 });
    await storage.changeList(list, { toBuy: 2 });
    await storage.changeList(other, { toBuy: 1 });
    expect((await storage.lists()).map(({ title, toBuy }) => [title, toBuy])).toEqual([['Home', 2]]);
    await storage.remove(list);
    await storage.changeList(list, { role: null });
    await storage.replace(list, at(9, 2), [bytes(1)]);
    expect([await storage.lists(), await storage.load(list)]).toEqual([[], null]);
  });

  it('P1 begins a list as an empty, registered copy of an editor, and changes only the fields it is given', async () => {
    await storage.saveList(list, { title: 'Home' });
    await storage.saveList(list, { role: null });
    await storage.saveList(other, { isRegistered: false, toBuy: 3 });
    const place = { log: null, epoch: 0, cursor: 0 };
    const look = { color: null, emoji: '' };
    const empty = {
      title: '',
      look,
      toBuy: 0,
      role: 'editor',
      hasOwned: false,
      isRegistered: true,
      ...place,
      openedAtMs: 0,
    };
    const lists = await storage.lists();
    expect(lists).toHaveLength(2);
    expect(lists).toContainEqual({ ...empty, list, title: 'Home', role: null });
    expect(lists).toContainEqual({ ...empty, list: other, isRegistered: false, toBuy: 3 });
  });

  it('P1 keeps own edits in their order, apart for each list', async () => {
    await storage.saveList(list, {});
    await Promise.all([1, 2, 3].map((value) => storage.putOutbox(list, { epoch: 0, update: bytes(value) })));
    await storage.putOutbox(other, { epoch: 0, update: bytes(9) });
    expect((await storage.outbox(list, 2)).map(({ epoch, update }) => [epoch, ...update])).toEqual([
      [0, 1],
      [0, 2],
    ]);
    expect((await storage.outbox(list, 2, (await keysOf())[0])).map(({ update }) => [...update])).toEqual([[2], [3]]);
    expect(await storage.countOutbox(list)).toBe(3);
    expect((await storage.waitingLists()).toSorted()).toEqual([list, other].toSorted());
    expect(await keysOf()).toEqual((await keysOf()).toSorted((a, b) => a - b));
  });

  it('P1 has own edits in the copy, before and after they are confirmed', async () => {
    await storage.saveList(list, {});
    await storage.putRemote(list, at(1), [bytes(1)]);
    await storage.putOutbox(list, { epoch: 0, update: bytes(2) });
    await storage.putOutbox(list, { epoch: 0, update: bytes(3) });
    expect(await updatesOf()).toEqual([[1], [2], [3]]);
    expect((await storage.load(list))?.waiting).toBe(2);
    const [first = -1] = await keysOf();
    await storage.confirm(list, [first, 12_345]);
    expect(await updatesOf()).toEqual([[1], [2], [3]]);
    expect(await storage.countOutbox(list)).toBe(1);
    expect((await storage.load(list))?.pieces).toHaveLength(2);
  });

  it('P10 confirms an edit once, however often it is told', async () => {
    await storage.saveList(list, {});
    await storage.putOutbox(list, { epoch: 0, update: bytes(1) });
    const keys = await keysOf();
    await Promise.all([storage.confirm(list, keys), storage.confirm(list, keys)]);
    expect(await updatesOf()).toEqual([[1]]);
    expect((await storage.load(list))?.pieces).toHaveLength(1);
  });

  it('P5 moves the cursor forward only', async () => {
    await storage.saveList(list, {});
    await storage.putRemote(list, at(5), [bytes(1)]);
    await storage.putRemote(list, at(4), [bytes(2)]);
    await storage.putRemote(list, at(5), []);
    expect((await storage.load(list))?.meta.cursor).toBe(5);
    expect(await updatesOf()).toEqual([[1], [2]]);
  });

  it('P8 remembers whose list it was, whatever becomes of their role', async () => {
    await storage.saveList(list, { role: 'owner' });
    await storage.saveList(list, { role: null });
    await storage.saveList(other, { role: 'editor' });
    expect([(await storage.load(list))?.meta.hasOwned, (await storage.load(other))?.meta.hasOwned]).toEqual([
      true,
      false,
    ]);
  });

  it('P8 takes the log that it first hears of, and keeps no cursor of another', async () => {
    await storage.saveList(list, {});
    await storage.putRemote(list, at(5), [bytes(1)]);
    await storage.putRemote(list, at(9, 0, otherLog), [bytes(2)]);
    expect((await storage.load(list))?.meta).toMatchObject(at(5));
    expect(await updatesOf()).toEqual([[1], [2]]);
  });

  it('P8 enters another log when it is told to, and its cursor goes back', async () => {
    await storage.saveList(list, {});
    await storage.putRemote(list, at(5), [bytes(1)]);
    await storage.enterLog(list, at(2, 0, otherLog));
    expect((await storage.load(list))?.meta).toMatchObject(at(2, 0, otherLog));
    expect(await updatesOf()).toEqual([[1]]);
  });

  it('P8 tells what is confirmed from what waits', async () => {
    await storage.saveList(list, {});
    await storage.putRemote(list, at(1), [bytes(1)]);
    await storage.compact(list, 0, bytes(1), (await storage.load(list))?.pieces ?? []);
    await storage.putRemote(list, at(2), [bytes(2)]);
    await storage.putOutbox(list, { epoch: 0, update: bytes(3) });
    expect((await storage.load(list))?.confirmedCount).toBe(2);
    await storage.confirm(list, await keysOf());
    expect((await storage.load(list))?.confirmedCount).toBe(3);
  });

  it('P9 drops what belongs to another epoch, and what belongs to a list that is not here', async () => {
    await storage.saveList(list, {});
    await storage.putRemote(list, at(5, 1), [bytes(1)]);
    await storage.enterLog(list, at(5, 1));
    await storage.putRemote(other, at(5), [bytes(1)]);
    await storage.enterLog(other, at(5));
    expect(await storage.load(other)).toBeNull();
    expect(await updatesOf()).toEqual([]);
    expect((await storage.load(list))?.meta).toMatchObject({ log: null, epoch: 0, cursor: 0 });
  });

  it('P9 does not go back to an epoch that another tab has left behind, unless it is one of another log', async () => {
    await storage.saveList(list, {});
    await storage.replace(list, at(9, 2), [bytes(1)]);
    await storage.putRemote(list, at(12, 2), [bytes(2)]);
    await storage.replace(list, at(7, 1), [bytes(7)]);
    await storage.replace(list, at(10, 2), [bytes(8)]);
    expect([(await storage.load(list))?.meta.cursor, await updatesOf()]).toEqual([12, [[1], [2], [8]]]);
    await storage.replace(list, at(13, 2), [bytes(3)]);
    expect([(await storage.load(list))?.meta.cursor, await updatesOf()]).toEqual([13, [[1], [2], [8], [3]]]);
    await storage.replace(list, at(3, 1, otherLog), [bytes(9)]);
    expect((await storage.load(list))?.meta).toMatchObject(at(3, 1, otherLog));
    expect(await updatesOf()).toEqual([[9]]);
  });

  it('P9 starts over in a new epoch, and keeps what was never sent apart from it', async () => {
    await storage.saveList(list, { title: 'Home' });
    await storage.putRemote(list, at(5), [bytes(1)]);
    await storage.putOutbox(list, { epoch: 0, update: bytes(2) });
    await storage.replace(list, at(9, 1), [bytes(7), bytes(8)]);
    await storage.putOutbox(list, { epoch: 1, update: bytes(9) });
    const copy = await storage.load(list);
    expect(copy?.meta).toMatchObject({ epoch: 1, cursor: 9, title: 'Home' });
    expect(copy?.waiting).toBe(2);
    expect(await updatesOf()).toEqual([[7], [8], [9]]);
    await storage.confirm(list, await keysOf());
    expect(await updatesOf()).toEqual([[7], [8], [9]]);
    expect(await storage.countOutbox(list)).toBe(0);
  });

  it('P8 keeps what is confirmed of the epoch that was left last, and of those before it while something waits', async () => {
    const left = async (epoch: number) => {
      const found = await storage.leftEpoch(list, epoch);
      return found && { log: found.log, updates: found.updates.map((update) => [...update]) };
    };
    await storage.saveList(list, {});
    await storage.putRemote(list, at(1), [bytes(1)]);
    await storage.compact(list, 0, bytes(11), (await storage.load(list))?.pieces ?? []);
    await storage.putRemote(list, at(2), [bytes(2)]);
    await storage.putOutbox(list, { epoch: 0, update: bytes(3) });
    await storage.replace(list, at(9, 1), [bytes(7)]);
    expect([await left(0), await left(1)]).toEqual([{ log, updates: [[11], [2]] }, null]);
    await storage.replace(list, at(12, 2), [bytes(8)]);
    expect(await left(1)).toEqual({ log, updates: [[7]] });
    await storage.confirm(list, await keysOf());
    expect(await left(0)).toEqual({ log, updates: [[11], [2], [3]] });
    await storage.replace(list, at(15, 3), [bytes(9)]);
    expect([await left(0), await left(1), await left(2)]).toEqual([null, null, { log, updates: [[8]] }]);
    await storage.remove(list);
    expect(await left(2)).toBeNull();
  });

  it('P9 begins a list that was just added in the epoch of the answer', async () => {
    await storage.saveList(list, {});
    await storage.replace(list, at(9, 3), [bytes(7)]);
    expect((await storage.load(list))?.meta).toMatchObject({ epoch: 3, cursor: 9, role: 'editor' });
  });

  it('P1 puts one state in the place of the pieces that went into it', async () => {
    await storage.saveList(list, {});
    await storage.putRemote(list, at(2), [bytes(1), bytes(2)]);
    const pieces = (await storage.load(list))?.pieces ?? [];
    await storage.putRemote(list, at(3), [bytes(3)]);
    await storage.putOutbox(list, { epoch: 0, update: bytes(4) });
    await storage.compact(list, 0, bytes(12), pieces);
    expect(await updatesOf()).toEqual([[12], [3], [4]]);
    expect((await storage.load(list))?.pieces).toHaveLength(1);
  });

  it('P1 keeps the newer of two states that tabs have made at once', async () => {
    await storage.saveList(list, {});
    await storage.putRemote(list, at(1), [bytes(1)]);
    const early = (await storage.load(list))?.pieces ?? [];
    await storage.putRemote(list, at(2), [bytes(2)]);
    const late = (await storage.load(list))?.pieces ?? [];
    await storage.compact(list, 0, bytes(12), late);
    await storage.compact(list, 0, bytes(1), early);
    expect(await updatesOf()).toEqual([[12]]);
  });

  it('P9 does not put a state of another epoch in the place of anything', async () => {
    await storage.saveList(list, {});
    await storage.putRemote(list, at(1), [bytes(1)]);
    const pieces = (await storage.load(list))?.pieces ?? [];
    await storage.compact(list, 1, bytes(12), pieces);
    expect(await updatesOf()).toEqual([[1]]);
  });

  it('P16 forgets a list and everything of it, and nothing else', async () => {
    for (const each of [list, other]) {
      await storage.saveList(each, {});
      await storage.putRemote(each, at(1), [bytes(1)]);
      await storage.compact(each, 0, bytes(1), (await storage.load(each))?.pieces ?? []);
      await storage.putOutbox(each, { epoch: 0, update: bytes(2) });
      await storage.putOutbox(each, { epoch: 0, update: bytes(3) });
    }
    await storage.remove(list);
    expect(await storage.load(list)).toBeNull();
    expect(await storage.waitingLists()).toEqual([other]);
    await storage.saveList(list, {});
    expect(await updatesOf()).toEqual([]);
    expect(await updatesOf(other)).toEqual([[1], [2], [3]]);
  });
});
