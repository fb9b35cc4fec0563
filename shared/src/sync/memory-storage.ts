import type { ListId } from '../protocol/index.ts';
import {
  changed,
  isElsewhere,
  joinLeft,
  movedForward,
  newList,
  type LeftEpoch,
  type ListFields,
  type LogPlace,
  type OutboxEdit,
  type OutboxEntry,
  type Storage,
  type StoredCopy,
  type StoredList,
} from './storage.ts';

interface Row extends OutboxEntry {
  readonly list: ListId;
}

/** The phone's memory without a disk: where a browser offers no IndexedDB, and in simulations, where it outlives the tabs that use it. */
export class MemoryStorage implements Storage {
  readonly #lists = new Map<ListId, StoredList>();
  readonly #states = new Map<ListId, Uint8Array>();
  #left: (LeftEpoch & { readonly list: ListId; readonly epoch: number })[] = [];
  #pieces: Row[] = [];
  #outbox: Row[] = [];
  #lastKey = 0;

  lists(): Promise<StoredList[]> {
    return Promise.resolve([...this.#lists.values()]);
  }

  saveList(list: ListId, fields: ListFields): Promise<void> {
    this.#lists.set(list, changed(this.#lists.get(list) ?? newList(list), fields));
    return Promise.resolve();
  }

  changeList(list: ListId, fields: ListFields): Promise<void> {
    return this.#lists.has(list) ? this.saveList(list, fields) : Promise.resolve();
  }

  load(list: ListId): Promise<StoredCopy | null> {
    const meta = this.#lists.get(list);
    if (meta === undefined) return Promise.resolve(null);
    const state = this.#states.get(list);
    const pieces = this.#pieces.filter((row) => row.list === list);
    const outbox = this.#outbox.filter((row) => row.list === list);
    const ownEdits = outbox.filter((row) => row.epoch === meta.epoch);
    const confirmed = [...(state === undefined ? [] : [state]), ...pieces.map((row) => row.update)];
    return Promise.resolve({
      meta,
      updates: [...confirmed, ...ownEdits.map((row) => row.update)],
      confirmedCount: confirmed.length,
      waiting: outbox.length,
      pieces: pieces.map((row) => row.key),
    });
  }

  putOutbox(list: ListId, edit: OutboxEdit): Promise<void> {
    this.#outbox.push(this.#row(list, edit));
    return Promise.resolve();
  }

  outbox(list: ListId, max: number, afterKey = 0): Promise<OutboxEntry[]> {
    return Promise.resolve(this.#outbox.filter((row) => row.list === list && row.key > afterKey).slice(0, max));
  }

  countOutbox(list: ListId): Promise<number> {
    return Promise.resolve(this.#outbox.filter((row) => row.list === list).length);
  }

  waitingLists(): Promise<ListId[]> {
    return Promise.resolve([...new Set(this.#outbox.map((row) => row.list))]);
  }

  confirm(list: ListId, keys: readonly number[]): Promise<void> {
    const epoch = this.#lists.get(list)?.epoch;
    for (const row of this.#takeOutbox(keys)) {
      if (row.epoch === epoch) this.#pieces.push(this.#row(list, row));
      else this.#left.push({ list, epoch: row.epoch, log: null, updates: [row.update] });
    }
    return Promise.resolve();
  }

  forget(_list: ListId, keys: readonly number[]): Promise<void> {
    this.#takeOutbox(keys);
    return Promise.resolve();
  }

  putRemote(list: ListId, place: LogPlace, updates: readonly Uint8Array[]): Promise<void> {
    const meta = this.#lists.get(list);
    if (meta?.epoch === place.epoch) {
      for (const update of updates) this.#pieces.push(this.#row(list, { epoch: place.epoch, update }));
      this.#lists.set(list, movedForward(meta, place));
    }
    return Promise.resolve();
  }

  enterLog(list: ListId, place: LogPlace): Promise<void> {
    const meta = this.#lists.get(list);
    if (meta?.epoch === place.epoch) this.#lists.set(list, { ...meta, ...place });
    return Promise.resolve();
  }

  compact(list: ListId, epoch: number, state: Uint8Array, pieces: readonly number[]): Promise<void> {
    const there = new Set(this.#pieces.map((row) => row.key));
    if (this.#lists.get(list)?.epoch === epoch && pieces.every((key) => there.has(key))) {
      this.#states.set(list, state);
      this.#pieces = this.#pieces.filter((row) => !pieces.includes(row.key));
    }
    return Promise.resolve();
  }

  replace(list: ListId, place: LogPlace, updates: readonly Uint8Array[]): Promise<void> {
    const meta = this.#lists.get(list);
    if (meta === undefined || !isElsewhere(meta, place)) return this.putRemote(list, place, updates);
    this.#leave(meta);
    this.#lists.set(list, { ...meta, ...place });
    this.#states.delete(list);
    this.#pieces = this.#pieces.filter((row) => row.list !== list);
    for (const update of updates) this.#pieces.push(this.#row(list, { epoch: place.epoch, update }));
    return Promise.resolve();
  }

  leftEpoch(list: ListId, epoch: number): Promise<LeftEpoch | null> {
    return Promise.resolve(joinLeft(this.#left.filter((row) => row.list === list && row.epoch === epoch)));
  }

  remove(list: ListId): Promise<void> {
    this.#left = this.#left.filter((row) => row.list !== list);
    this.#lists.delete(list);
    this.#states.delete(list);
    this.#pieces = this.#pieces.filter((row) => row.list !== list);
    this.#outbox = this.#outbox.filter((row) => row.list !== list);
    return Promise.resolve();
  }

  #leave({ list, log, epoch }: StoredList): void {
    const isWaiting = this.#outbox.some((row) => row.list === list);
    if (!isWaiting) this.#left = this.#left.filter((row) => row.list !== list);
    const state = this.#states.get(list);
    const pieces = this.#pieces.filter((row) => row.list === list).map(({ update }) => update);
    this.#left.push({ list, epoch, log, updates: state === undefined ? pieces : [state, ...pieces] });
  }

  #row(list: ListId, edit: OutboxEdit): Row {
    this.#lastKey += 1;
    return { ...edit, key: this.#lastKey, list };
  }

  #takeOutbox(keys: readonly number[]): Row[] {
    const taken = this.#outbox.filter((row) => keys.includes(row.key));
    this.#outbox = this.#outbox.filter((row) => !keys.includes(row.key));
    return taken;
  }
}
