import type { ListId, Role } from '../protocol/index.ts';

/** Where a list stands on this phone. */
export interface StoredList {
  readonly list: ListId;
  readonly title: string;
  /** Items still to buy when the list was last seen. */
  readonly toBuy: number;
  /** Null once access was taken away: the copy stays readable. */
  readonly role: Role | null;
  /** False until the server has heard of a list that was begun here. */
  readonly isRegistered: boolean;
  readonly epoch: number;
  /** Number of the last update of the log held here, without gaps. */
  readonly cursor: number;
  readonly openedAtMs: number;
}

/** An own edit that the server has not confirmed yet. Keys grow in the order of the edits. */
export interface OutboxEntry {
  readonly key: number;
  readonly epoch: number;
  readonly update: Uint8Array;
}

/** A list's stored copy. */
export interface StoredCopy {
  readonly meta: StoredList;
  /** What makes the document of this epoch: a state, later updates, and the outbox, in the order of their arrival. */
  readonly updates: readonly Uint8Array[];
  /** Own edits that wait, also those of an older epoch. */
  readonly waiting: number;
  /** Stored pieces besides the state; many of them make a slow start, so that it is time to `compact`. */
  readonly pieces: readonly number[];
}

/**
 * The phone's memory, shared by all tabs of a browser. Each call is one transaction: after a crash it has happened or it has not.
 * Rejects when the browser refuses (no space, private mode); the caller goes on with what it has in memory.
 */
export interface Storage {
  lists(): Promise<StoredList[]>;
  /** Adds a list or changes fields of it. Fields that are not given stay; a new list starts as an empty, registered editor's copy. */
  saveList(list: ListId, fields: Partial<Omit<StoredList, 'list' | 'epoch' | 'cursor'>>): Promise<void>;
  /** Null when the list is not on this phone. */
  load(list: ListId): Promise<StoredCopy | null>;
  /** Keeps an own edit until it is confirmed. Resolves when it is on disk. */
  putOutbox(list: ListId, epoch: number, update: Uint8Array): Promise<void>;
  /** The oldest edits that wait, at most `max`. */
  outbox(list: ListId, max: number): Promise<OutboxEntry[]>;
  countOutbox(list: ListId): Promise<number>;
  /** Lists with edits that wait. */
  waitingLists(): Promise<ListId[]>;
  /** Confirmed: the entries leave the outbox and become part of the copy, if they are of its epoch. Unknown keys are ignored. */
  confirm(list: ListId, keys: readonly number[]): Promise<void>;
  /** Adds updates of the log and moves the cursor forward, never back. Those of another epoch than the stored one are dropped. */
  putRemote(list: ListId, epoch: number, updates: readonly Uint8Array[], cursor: number): Promise<void>;
  /** Sets the cursor, also back: the server was restored from a backup. */
  resetCursor(list: ListId, cursor: number): Promise<void>;
  /**
   * Puts one state in the place of the pieces that went into it. The outbox stays. Does nothing when some of the pieces are gone: another
   * tab has compacted since, from more than went into this state.
   */
  compact(list: ListId, epoch: number, state: Uint8Array, pieces: readonly number[]): Promise<void>;
  /** Starts the list over in a new epoch. What waits for an older one stays in the outbox and is no part of the copy. */
  replace(list: ListId, epoch: number, cursor: number, updates: readonly Uint8Array[]): Promise<void>;
  /** Forgets a list and everything of it. */
  remove(list: ListId): Promise<void>;
}

/** What the phone knows of a list that it has only heard of. */
export function newList(list: ListId): StoredList {
  return { list, title: '', toBuy: 0, role: 'editor', isRegistered: true, epoch: 0, cursor: 0, openedAtMs: 0 };
}
