import { inspectUpdate } from '../document/index.ts';
import {
  createLogId,
  limits,
  mayEdit,
  TrolleyError,
  type Append,
  type AppendOutcome,
  type Credentials,
  type Head,
  type Identity,
  type ListId,
  type LogId,
  type LogService,
  type PullRequest,
  type PullResult,
  type Role,
  type Seat,
  type Session,
  type UserId,
} from '../protocol/index.ts';

interface Entry {
  seq: number;
  epoch: number;
  update: Uint8Array;
}

interface ListLog {
  epoch: number;
  entries: Entry[];
  members: Map<UserId, Role>;
}

/** What the store does with the next batch: nothing unusual, fail and have done nothing, or commit and fail to say so. */
export type StoreFault = 'none' | 'before-commit' | 'after-commit';

/** The log in memory, for simulations. It passes the same contract as the api's own (`logServiceContract`). */
export class MemoryLog implements LogService {
  readonly #id: LogId = createLogId((byteLength) => new Uint8Array(byteLength));
  readonly #lists = new Map<ListId, ListLog>();
  readonly #identities = new Map<string, Identity>();
  /** Asked before each batch. */
  nextFault: () => StoreFault = () => 'none';

  /** Makes `credentials.authorization` stand for this identity. */
  addIdentity(authorization: string, identity: Identity): void {
    this.#identities.set(authorization, identity);
  }

  /** The session behind it has ended. */
  removeIdentity(authorization: string): void {
    this.#identities.delete(authorization);
  }

  create(list: ListId, owner: UserId): void {
    if (!this.#lists.has(list)) this.#lists.set(list, { epoch: 0, entries: [], members: new Map([[owner, 'owner']]) });
  }

  /** Null takes the membership away. */
  setRole(list: ListId, user: UserId, role: Role | null): void {
    const members = this.#get(list).members;
    if (role === null) members.delete(user);
    else members.set(user, role);
  }

  /** The lists that somebody is a member of. */
  memberships(user: UserId): { list: ListId; role: Role }[] {
    return [...this.#lists].flatMap(([list, { members }]) => {
      const role = members.get(user);
      return role === undefined ? [] : [{ list, role }];
    });
  }

  /** Goes back to the first `head` updates, as a store does that is restored from a backup. Members stay. */
  restore(list: ListId, head: number): void {
    const log = this.#get(list);
    log.entries = log.entries.slice(0, head);
  }

  /** All updates of a list that are on disk, in order. */
  committed(list: ListId): Uint8Array[] {
    return this.#get(list).entries.map((entry) => entry.update);
  }

  authenticate(credentials: Credentials): Promise<Session | null> {
    const identity = this.#identities.get(credentials.authorization ?? '');
    return Promise.resolve(identity === undefined ? null : { identity, log: this.#id });
  }

  pull(userId: UserId, request: PullRequest): Promise<PullResult> {
    return attempt(() => {
      const log = this.#get(request.list);
      const role = log.members.get(userId);
      if (role === undefined) throw notFound();
      if (this.nextFault() !== 'none') throw unavailable();
      const isCurrent = request.epoch === log.epoch;
      const updates = log.entries
        .filter((entry) => !isCurrent || entry.seq > request.cursor)
        .map((entry) => entry.update);
      return { role, epoch: log.epoch, head: log.entries.length, updates };
    });
  }

  append(appends: readonly Append[]): Promise<AppendOutcome[]> {
    return attempt(() => {
      const fault = this.nextFault();
      if (fault === 'before-commit') throw unavailable();
      const outcomes = appends.map((append) => this.#appendOne(append));
      if (fault === 'after-commit') throw unavailable();
      return outcomes;
    });
  }

  heads(lists: readonly ListId[]): Promise<Map<ListId, Head>> {
    const known = lists.flatMap((list): [ListId, Head][] => {
      const log = this.#lists.get(list);
      return log === undefined ? [] : [[list, { epoch: log.epoch, seq: log.entries.length }]];
    });
    return Promise.resolve(new Map(known));
  }

  roles(seats: readonly Seat[]): Promise<(Role | null)[]> {
    return Promise.resolve(seats.map(({ list, userId }) => this.#lists.get(list)?.members.get(userId) ?? null));
  }

  #appendOne(append: Append): AppendOutcome {
    try {
      const log = this.#get(append.list);
      const role = log.members.get(append.userId);
      if (role === undefined) throw notFound();
      if (!mayEdit(role)) throw new TrolleyError('forbidden', 'A viewer cannot edit.');
      if (append.epoch !== log.epoch) throw new TrolleyError('epoch-ahead', 'The list has no such epoch.');
      const maxBytes = append.isBulk === true ? limits.maxSnapshotBytes : limits.maxUpdateBytes;
      const inspection = inspectUpdate(append.update, maxBytes);
      if (!inspection.ok) throw new TrolleyError('update-rejected', inspection.reason);
      const seq = log.entries.length + 1;
      log.entries.push({ seq, epoch: log.epoch, update: append.update });
      return { ok: true, value: { epoch: log.epoch, seq } };
    } catch (error) {
      if (!(error instanceof TrolleyError)) throw error;
      return { ok: false, error: error.toWire() };
    }
  }

  #get(list: ListId): ListLog {
    const log = this.#lists.get(list);
    if (log === undefined) throw notFound();
    return log;
  }
}

const notFound = () => new TrolleyError('not-found', 'There is no such list.');
const unavailable = () => new TrolleyError('unavailable', 'The store cannot be reached.');

function attempt<T>(work: () => T): Promise<T> {
  try {
    return Promise.resolve(work());
  } catch (error) {
    return Promise.reject(error instanceof Error ? error : new Error(String(error)));
  }
}
