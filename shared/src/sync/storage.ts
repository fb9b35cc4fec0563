import { plainLook, type ListLook } from '../document/index.ts';
import type { ListId, LogId, Role } from '../protocol/index.ts';

/** Where a list stands on this phone. */
export interface StoredList {
  readonly list: ListId;
  readonly title: string;
  readonly look: ListLook;
  /** Items still to buy when the list was last seen. */
  readonly toBuy: number;
  /** Null once access was taken away: the copy stays readable. */
  readonly role: Role | null;
  /** Whether this person was ever its owner here: then this phone may register it again, should a restore have lost it. */
  readonly hasOwned: boolean;
  /** False until the server has heard of a list that was begun here. */
  readonly isRegistered: boolean;
  /** The history of the log that epoch and cursor speak of; null until the server was first heard of this list. */
  readonly log: LogId | null;
  readonly epoch: number;
  /** Number of the last update of the log held here, without gaps. */
  readonly cursor: number;
  readonly openedAtMs: number;
}

/** What may be said of a list at any time. */
export type ListFields = Partial<Omit<StoredList, 'list' | 'hasOwned' | 'epoch' | 'cursor'>>;

/** A place in a list's log: in which history of it, in which epoch, and the number up to which there is no gap. */
export interface LogPlace {
  readonly log: LogId;
  readonly epoch: number;
  readonly cursor: number;
}

/** An edit on its way into the outbox. */
export interface OutboxEdit {
  readonly epoch: number;
  readonly update: Uint8Array;
  /** Somebody else's, heard before the server had stored it: the log that was to have it. Absent for an own one. */
  readonly heardIn?: LogId;
}

/** Whether it is somebody else's that another log than `log` was to have. */
export function isHeardElsewhere({ heardIn }: OutboxEdit, log: LogId | null): boolean {
  return heardIn !== undefined && heardIn !== log;
}

/** Edits of all lists that live in one tab alone, as the phone has not stored them yet; in the order in which they were made. */
export type UnstoredEdits = Map<OutboxEdit, ListId>;

/** An edit that the server has not confirmed yet. Keys grow in the order of the edits. */
export interface OutboxEntry extends OutboxEdit {
  readonly key: number;
}

/** What was confirmed of an epoch that the copy has left: what edits of it that still wait build on. */
export interface LeftEpoch {
  /** The log that it was an epoch of; null where that is not known. */
  readonly log: LogId | null;
  readonly updates: readonly Uint8Array[];
}

/** A list's stored copy. */
export interface StoredCopy {
  readonly meta: StoredList;
  /** What makes the document of this epoch: a state, later updates, and the outbox, in the order of their arrival. */
  readonly updates: readonly Uint8Array[];
  /** So many of the updates, from the first, are confirmed: the server has said that they are on its disk. */
  readonly confirmedCount: number;
  /** Edits that wait, also those of an older epoch. */
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
  /**
   * Adds a list or changes fields of it. Nothing else adds one: another tab may just have taken it off this phone. Fields that are not given
   * stay; a new list starts as an empty, registered editor's copy. `log` is for a list that begins here.
   */
  saveList(list: ListId, fields: ListFields): Promise<void>;
  /** As `saveList`, for a list that is on this phone; does nothing where it is not. */
  changeList(list: ListId, fields: ListFields): Promise<void>;
  /** Null when the list is not on this phone. */
  load(list: ListId): Promise<StoredCopy | null>;
  /** Keeps an edit until it is confirmed. Resolves when it is on disk. */
  putOutbox(list: ListId, edit: OutboxEdit): Promise<void>;
  /** The oldest edits that wait, at most `max`, of those behind the entry `afterKey`. */
  outbox(list: ListId, max: number, afterKey?: number): Promise<OutboxEntry[]>;
  countOutbox(list: ListId): Promise<number>;
  /** Lists with edits that wait. */
  waitingLists(): Promise<ListId[]>;
  /** Confirmed: the entries leave the outbox and become part of the copy, or of what was left of their epoch. Unknown keys are ignored. */
  confirm(list: ListId, keys: readonly number[]): Promise<void>;
  /** The entries leave the outbox, and are part of nothing. */
  forget(list: ListId, keys: readonly number[]): Promise<void>;
  /**
   * Adds updates of the log and moves the cursor forward, never back. Updates of another epoch than the stored one are dropped. A cursor of
   * another log than the stored one says nothing here and is not kept.
   */
  putRemote(list: ListId, place: LogPlace, updates: readonly Uint8Array[]): Promise<void>;
  /** From now on the copy is one of this log, and has it up to the cursor. Does nothing in another epoch. */
  enterLog(list: ListId, place: LogPlace): Promise<void>;
  /**
   * Puts one state in the place of the pieces that went into it. The outbox stays. Does nothing when some of the pieces are gone: another
   * tab has compacted since, from more than went into this state.
   */
  compact(list: ListId, epoch: number, state: Uint8Array, pieces: readonly number[]): Promise<void>;
  /**
   * Starts the list over in another epoch. What waits for an older one stays in the outbox and is no part of the copy; what it builds on is
   * kept as a `leftEpoch`. Where the copy, by the doing of another tab, is in this epoch of this log already, that is as `putRemote`; where it
   * is in a later one, it stays there. Does nothing where the list is not on this phone.
   */
  replace(list: ListId, place: LogPlace, updates: readonly Uint8Array[]): Promise<void>;
  /** An epoch that was left: the last one, and those before it while anything waits. Null when it is not kept. */
  leftEpoch(list: ListId, epoch: number): Promise<LeftEpoch | null>;
  /** Forgets a list and everything of it. */
  remove(list: ListId): Promise<void>;
}

/** What the phone knows of a list that it has only heard of. */
export function newList(list: ListId): StoredList {
  const heard = { title: '', look: plainLook, toBuy: 0, role: 'editor', hasOwned: false, isRegistered: true } as const;
  return { list, ...heard, log: null, epoch: 0, cursor: 0, openedAtMs: 0 };
}

/** A list after some of its fields have changed. */
export function changed(stored: StoredList, fields: Partial<StoredList>): StoredList {
  return { ...stored, ...fields, hasOwned: stored.hasOwned || fields.role === 'owner' };
}

/** A list after more of its log, or of another log, has arrived. */
export function movedForward(stored: StoredList, { log, cursor }: LogPlace): StoredList {
  if (stored.log !== null && stored.log !== log) return stored;
  return { ...stored, log, cursor: Math.max(stored.cursor, cursor) };
}

/** Whether starting over at a place would lead anywhere. */
export function isElsewhere(here: Pick<StoredList, 'log' | 'epoch'>, place: LogPlace): boolean {
  return here.log !== place.log || here.epoch < place.epoch;
}

/** What was kept of an epoch at several times. */
export function joinLeft(parts: readonly LeftEpoch[]): LeftEpoch | null {
  const log = parts.find((part) => part.log !== null)?.log ?? null;
  return parts.length === 0 ? null : { log, updates: parts.flatMap(({ updates }) => updates) };
}
