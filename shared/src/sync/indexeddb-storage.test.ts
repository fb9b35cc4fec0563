import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createListId, createLogId } from '../protocol/index.ts';
import { IndexedDbStorage } from './indexeddb-storage.ts';

const list = createListId((byteLength) => new Uint8Array(byteLength).fill(1));
const log = createLogId((byteLength) => new Uint8Array(byteLength));
const bytes = (...values: number[]) => Uint8Array.from(values);
const at = (cursor: number, epoch = 0) => ({ log, epoch, cursor });

describe('the storage in IndexedDB', () => {
  let name: string;
  let storage: IndexedDbStorage;

  beforeEach(async () => {
    name = `crash-${randomUUID()}`;
    storage = await IndexedDbStorage.open(name);
    await storage.saveList(list, { title: 'Home' });
    await storage.putRemote(list, at(2), [bytes(1), bytes(2)]);
    await storage.compact(list, 0, bytes(12), (await storage.load(list))?.pieces ?? []);
    await storage.putRemote(list, at(4), [bytes(3), bytes(4)]);
    await storage.putOutbox(list, { epoch: 0, update: bytes(5) });
    await storage.putOutbox(list, { epoch: 0, update: bytes(6) });
  });
  afterEach(() => {
    storage.close();
  });

  const contents = async () => ({ copy: await storage.load(list), outbox: await storage.outbox(list, 100) });
  const outboxKeys = async () => (await storage.outbox(list, 100)).map((entry) => entry.key);
  const pieceKeys = async () => (await storage.load(list))?.pieces ?? [];

  const changes: [string, () => Promise<void>][] = [
    ['saveList', () => storage.saveList(list, { title: 'Away' })],
    ['changeList', () => storage.changeList(list, { title: 'Away' })],
    ['putOutbox', () => storage.putOutbox(list, { epoch: 0, update: bytes(7) })],
    ['confirm', async () => storage.confirm(list, await outboxKeys())],
    ['putRemote', () => storage.putRemote(list, at(8), [bytes(7), bytes(8)])],
    ['enterLog', () => storage.enterLog(list, at(1))],
    ['compact', async () => storage.compact(list, 0, bytes(1234), await pieceKeys())],
    ['replace', () => storage.replace(list, at(9, 1), [bytes(7), bytes(8)])],
    ['remove', () => storage.remove(list)],
  ];

  it.each(changes)('P1 %s has happened or has not, wherever a crash falls', async (_name, change) => {
    const before = await contents();
    for (let write = 0; write < 20; write += 1) {
      const crash = crashAtWrite(write);
      const outcome = await change().then(
        () => 'done',
        () => 'failed',
      );
      crash.restore();
      if (!crash.hasHappened()) {
        expect([write > 0, outcome]).toEqual([true, 'done']);
        expect(await contents()).not.toEqual(before);
        return;
      }
      expect([write, outcome, await contents()]).toEqual([write, 'failed', before]);
    }
    expect.unreachable('the change never came to its end');
  });

  it.each(changes)('P1 %s changes nothing when a call is refused in the middle of it', async (_name, change) => {
    const before = await contents();
    for (let write = 0; write < 20; write += 1) {
      const crash = crashAtWrite(write, () => {
        throw new DOMException('No space', 'QuotaExceededError');
      });
      const failed = expect(change()).rejects.toThrow('No space');
      await failed.catch((error: unknown) => {
        if (crash.hasHappened()) throw error;
      });
      crash.restore();
      if (!crash.hasHappened()) return;
      expect([write, await contents()]).toEqual([write, before]);
    }
    expect.unreachable('the change never came to its end');
  });

  it('P8 reads a list that an earlier version of the app has stored', async () => {
    const opening = indexedDB.open(name);
    await new Promise((resolve) => {
      opening.onsuccess = resolve;
    });
    const transaction = opening.result.transaction('lists', 'readwrite');
    transaction.objectStore('lists').put({ list, title: 'Old', role: 'owner', epoch: 0, cursor: 7 });
    await new Promise((resolve) => {
      transaction.oncomplete = resolve;
    });
    opening.result.close();
    expect((await storage.load(list))?.meta).toMatchObject({ log: null, hasOwned: true });
    expect(await storage.lists()).toMatchObject([{ log: null, hasOwned: true }]);
    await storage.putRemote(list, at(9), []);
    expect((await storage.load(list))?.meta).toMatchObject({ title: 'Old', log, cursor: 9 });
  });

  it('P18 goes on with the database of the version before', async () => {
    const oldName = `old-${randomUUID()}`;
    const opening = indexedDB.open(oldName, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('lists', { keyPath: 'list' });
      opening.result.createObjectStore('states');
      for (const store of ['pieces', 'outbox']) {
        opening.result.createObjectStore(store, { autoIncrement: true }).createIndex('list', 'list');
      }
      const { transaction } = opening;
      transaction?.objectStore('lists').put({ list, title: 'Old', role: 'owner', log, epoch: 0, cursor: 1 });
      transaction?.objectStore('pieces').add({ list, update: bytes(1) });
      transaction?.objectStore('outbox').add({ list, epoch: 0, update: bytes(2) });
    };
    await new Promise((resolve) => {
      opening.onsuccess = resolve;
    });
    opening.result.close();
    const upgraded = await IndexedDbStorage.open(oldName);
    expect((await upgraded.load(list))?.updates.map((update) => [...update])).toEqual([[1], [2]]);
    await upgraded.replace(list, at(3, 1), [bytes(7)]);
    expect(await upgraded.leftEpoch(list, 0)).toEqual({ log, updates: [bytes(1)] });
    upgraded.close();
  });

  it('P1 writes own edits with strict durability', async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await storage.putOutbox(list, { epoch: 0, update: bytes(7) });
    expect(transaction).toHaveBeenCalledWith(expect.anything(), 'readwrite', { durability: 'strict' });
  });

  it('P1 has everything again after the browser was closed', async () => {
    const before = await contents();
    storage.close();
    storage = await IndexedDbStorage.open(name);
    expect(await contents()).toEqual(before);
  });

  it('P1 shows each tab what the others have stored', async () => {
    const tab = await IndexedDbStorage.open(name);
    await tab.putOutbox(list, { epoch: 0, update: bytes(7) });
    expect((await storage.outbox(list, 100)).map(({ update }) => [...update])).toEqual([[5], [6], [7]]);
    tab.close();
  });

  it('P1 rejects when the browser has closed the database', async () => {
    storage.close();
    await expect(storage.putOutbox(list, { epoch: 0, update: bytes(7) })).rejects.toThrow();
    await expect(storage.load(list)).rejects.toThrow();
  });

  it('P18 makes room for a newer version of the app in another tab', async () => {
    const opening = indexedDB.open(name, 99);
    const opened = new Promise((resolve, reject) => {
      opening.onsuccess = resolve;
      opening.onerror = reject;
    });
    await opened;
    opening.result.close();
    await expect(storage.lists()).rejects.toThrow();
  });
});

/** What writes, as functions that can be taken off the object and put back around a crash. */
interface Writes {
  add: (this: IDBObjectStore, value: unknown, key?: IDBValidKey) => IDBRequest<IDBValidKey>;
  put: (this: IDBObjectStore, value: unknown, key?: IDBValidKey) => IDBRequest<IDBValidKey>;
  delete: (this: IDBObjectStore, query: IDBValidKey | IDBKeyRange) => IDBRequest<undefined>;
}

/** Ends the transaction when it writes for the n-th time, as a browser does that is killed, or does something else there. */
function crashAtWrite(write: number, instead?: () => void) {
  let count = -1;
  let hasHappened = false;
  const strike = (store: IDBObjectStore) => {
    count += 1;
    if (count !== write) return;
    hasHappened = true;
    if (instead === undefined) store.transaction.abort();
    else instead();
  };
  const prototype: Writes = IDBObjectStore.prototype;
  const { add, put, delete: remove } = prototype;
  const spies = [
    vi.spyOn(prototype, 'add').mockImplementation(function (this: IDBObjectStore, ...args) {
      strike(this);
      return add.apply(this, args);
    }),
    vi.spyOn(prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
      strike(this);
      return put.apply(this, args);
    }),
    vi.spyOn(prototype, 'delete').mockImplementation(function (this: IDBObjectStore, ...args) {
      strike(this);
      return remove.apply(this, args);
    }),
  ];
  const restore = () => {
    for (const spy of spies) spy.mockRestore();
  };
  return { restore, hasHappened: () => hasHappened };
}
