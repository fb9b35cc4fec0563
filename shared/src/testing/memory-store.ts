import { seedEpoch, shouldRollOver } from '../document/index.ts';
import {
  createLogId,
  TrolleyError,
  type Clock,
  type Head,
  type ListId,
  type LogId,
  type Role,
  type UserId,
} from '../protocol/index.ts';
import { emptyList, epochUpdates, headOf, loadDocument, rollOver, type MemoryList } from './memory-list.ts';
import { SeededRandom } from './seeded-random.ts';

/** The store as it was at a moment. */
export interface MemoryBackup {
  /** The log that it is of. */
  readonly log: LogId;
  readonly lists: ReadonlyMap<ListId, MemoryList>;
  readonly members: ReadonlyMap<ListId, ReadonlyMap<UserId, Role>>;
}

export interface MemoryStoreOptions {
  random?: SeededRandom;
  clock?: Pick<Clock, 'nowMs'>;
}

/** What a log in memory is kept in: lists, their members and their epochs, and what an operator can do to them. */
export class MemoryStore {
  readonly random: SeededRandom;
  readonly #clock: Pick<Clock, 'nowMs'>;
  #lists = new Map<ListId, MemoryList>();
  #members = new Map<ListId, ReadonlyMap<UserId, Role>>();
  #id: LogId;
  #wasRestored = false;
  /** Above every epoch that was ever given out, also those of a log that is lost. */
  #highestEpoch = 0;

  constructor({ random = new SeededRandom(1), clock = { nowMs: () => 0 } }: MemoryStoreOptions = {}) {
    this.random = random;
    this.#clock = clock;
    this.#id = this.#drawId();
  }

  /** Names this history of the log. */
  get id(): LogId {
    return this.#id;
  }

  get nowMs(): number {
    return this.#clock.nowMs();
  }

  create(list: ListId, owner: UserId): void {
    if (this.#lists.has(list)) return;
    this.#lists.set(list, this.#wasRestored ? this.#restored(emptyList, null) : emptyList);
    this.#members.set(list, new Map([[owner, 'owner']]));
  }

  /** Null takes the membership away. */
  setRole(list: ListId, user: UserId, role: Role | null): void {
    this.get(list);
    const members = new Map(this.#members.get(list));
    if (role === null) members.delete(user);
    else members.set(user, role);
    this.#members.set(list, members);
  }

  /** The lists that somebody is a member of. */
  memberships(user: UserId): { list: ListId; role: Role }[] {
    return [...this.#members].flatMap(([list, members]) => {
      const role = members.get(user);
      return role === undefined ? [] : [{ list, role }];
    });
  }

  /** The log as it is now, members and all. Sessions are no part of it. */
  backup(): MemoryBackup {
    return { log: this.#id, lists: new Map(this.#lists), members: new Map(this.#members) };
  }

  /** Puts a backup in the place of the log. It is another log from now on, by another name. */
  restore(backup: MemoryBackup): void {
    this.lose(backup);
    this.#id = this.#drawId();
    this.#wasRestored = true;
    for (const [list, state] of this.#lists) this.#lists.set(list, this.#restored(state, backup.log));
  }

  /** Goes back to an earlier state without a word, as a failover does to a replica that had not got everything. */
  lose(backup: MemoryBackup): void {
    this.#lists = new Map(backup.lists);
    this.#members = new Map(backup.members);
  }

  /** Ends a list's epoch and begins the next. Returns what relays would be told. */
  rollOver(list: ListId): Head {
    const next = rollOver(this.get(list), { nowMs: this.#clock.nowMs(), clientId: this.random.uint32() });
    this.set(list, next);
    return headOf(next);
  }

  /** As `rollOver`, if its document is one for which that is time. Null when it is not. */
  rollOverIfDue(list: ListId, ageWeeks: number): Head | null {
    const nowMs = this.#clock.nowMs();
    const state = this.get(list);
    const { document } = loadDocument(epochUpdates(state), { epoch: state.epoch });
    const seedStats = () => seedEpoch(document, state.nextEpoch, { nowMs }).stats();
    return shouldRollOver(document.stats(), ageWeeks, seedStats) ? this.rollOver(list) : null;
  }

  /** All updates of a list that are on disk, in order. */
  committed(list: ListId): Uint8Array[] {
    return this.get(list).entries.map((entry) => entry.update);
  }

  /** Those of them that are of the current epoch. */
  current(list: ListId): Uint8Array[] {
    return epochUpdates(this.get(list));
  }

  /** Throws `not-found`. */
  get(list: ListId): MemoryList {
    const state = this.#lists.get(list);
    if (state === undefined) throw new TrolleyError('not-found', 'There is no such list.');
    return state;
  }

  has(list: ListId): boolean {
    return this.#lists.has(list);
  }

  set(list: ListId, state: MemoryList): void {
    this.#highestEpoch = Math.max(this.#highestEpoch, state.epoch);
    this.#lists.set(list, state);
  }

  roleOf(list: ListId, user: UserId): Role | null {
    return this.#members.get(list)?.get(user) ?? null;
  }

  #restored(state: MemoryList, log: LogId | null): MemoryList {
    const nextEpoch = this.#highestEpoch + 1;
    return { ...state, nextEpoch, restores: [...state.restores, { nextEpoch, seq: state.entries.length, log }] };
  }

  #drawId(): LogId {
    return createLogId((byteLength) => this.random.bytes(byteLength));
  }
}
