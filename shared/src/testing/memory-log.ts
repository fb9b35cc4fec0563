import { inspectUpdate } from '../document/index.ts';
import {
  limits,
  mayEdit,
  TrolleyError,
  type Append,
  type AppendOutcome,
  type Head,
  type Identity,
  type ListId,
  type LogService,
  type PullRequest,
  type PullResult,
  type Role,
  type Seat,
  type Session,
  type UserId,
} from '../protocol/index.ts';
import { takeLateEdit, takeLostDocument, type Taken } from './memory-late-edits.ts';
import { epochUpdates, headOf, loadDocument, withUpdates, type MemoryList } from './memory-list.ts';
import { MemoryStore } from './memory-store.ts';

/** What the store does with the next batch: nothing unusual, fail and have done nothing, or commit and fail to say so. */
export type StoreFault = 'none' | 'before-commit' | 'after-commit';

/** As the api has it: the largest integer of its database. */
const maxEpoch = 2_147_483_647;
/** A tail that is longer is answered as one document and what came since. */
const maxTail = 24;

/** The log in memory, for simulations. It passes the same contracts as the api's own (`logServiceContract`, `logEpochContract`). */
export class MemoryLog extends MemoryStore implements LogService {
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

  authenticate(credentials: { authorization?: string }): Promise<Session | null> {
    const identity = this.#identities.get(credentials.authorization ?? '');
    return Promise.resolve(identity === undefined ? null : { identity, log: this.id });
  }

  pull(userId: UserId, request: PullRequest): Promise<PullResult> {
    return attempt(() => {
      const state = this.get(request.list);
      const role = this.roleOf(request.list, userId);
      if (role === null) throw notFound();
      if (request.epoch > maxEpoch) throw new TrolleyError('epoch-ahead', 'No list has such an epoch.');
      if (this.nextFault() !== 'none') throw unavailable();
      const { epoch, seq: head } = headOf(state);
      return { role, epoch, head, updates: missing(state, request) };
    });
  }

  append(appends: readonly Append[]): Promise<AppendOutcome[]> {
    return attempt(() => {
      const fault = this.nextFault();
      if (fault === 'before-commit') throw unavailable();
      const isLate = ({ list, epoch, lostLog }: Append) =>
        lostLog !== undefined || (this.has(list) && epoch !== this.get(list).epoch);
      // As the api does it: what is of another epoch takes longer, and holds up nobody.
      const inTurn = [...appends.filter((append) => !isLate(append)), ...appends.filter(isLate)];
      const taken = new Map(inTurn.map((append) => [append, this.#appendOne(append)]));
      const outcomes = appends.flatMap((append) => taken.get(append) ?? []);
      if (fault === 'after-commit') throw unavailable();
      return outcomes;
    });
  }

  heads(lists: readonly ListId[]): Promise<Map<ListId, Head>> {
    const known = lists.filter((list) => this.has(list));
    return Promise.resolve(new Map(known.map((list) => [list, headOf(this.get(list))])));
  }

  roles(seats: readonly Seat[]): Promise<(Role | null)[]> {
    return Promise.resolve(seats.map(({ list, userId }) => this.roleOf(list, userId)));
  }

  #appendOne(append: Append): AppendOutcome {
    try {
      const state = this.get(append.list);
      const role = this.roleOf(append.list, append.userId);
      if (role === null) throw notFound();
      if (!mayEdit(role)) throw new TrolleyError('forbidden', 'A viewer cannot edit.');
      const maxBytes = append.isBulk === true ? limits.maxSnapshotBytes : limits.maxUpdateBytes;
      const inspection = inspectUpdate(append.update, maxBytes);
      if (!inspection.ok) throw new TrolleyError('update-rejected', inspection.reason);
      const { list, outcome } = this.#take(state, append);
      this.set(append.list, list);
      return outcome;
    } catch (error) {
      if (!(error instanceof TrolleyError)) throw error;
      return { ok: false, error: error.toWire() };
    }
  }

  #take(state: MemoryList, append: Append): Taken {
    const { epoch, lostLog, update } = append;
    const making = { nowMs: this.nowMs, drawClientId: () => this.random.uint32() };
    if (lostLog !== undefined && lostLog !== this.id) return takeLostDocument(state, append, lostLog, making);
    if (epoch !== state.epoch) return takeLateEdit(state, append, making);
    const list = withUpdates(state, [update]);
    return { list, outcome: { ok: true, value: headOf(list) } };
  }
}

/** As the api answers: the tail, or one document and what came since. */
function missing(state: MemoryList, { epoch, cursor }: PullRequest): Uint8Array[] {
  const isCurrent = epoch === state.epoch;
  const tail = state.entries.filter((entry) => entry.epoch === state.epoch && (!isCurrent || entry.seq > cursor));
  const updates = tail.map(({ update }) => update);
  if (updates.length <= maxTail) return updates;
  return [...snapshotOf(state), ...updates.slice(-3)];
}

const snapshots = new WeakMap<MemoryList['entries'], readonly Uint8Array[]>();

/** The document three updates before the head, with what does not fit into it yet. */
function snapshotOf(state: MemoryList): readonly Uint8Array[] {
  const known = snapshots.get(state.entries);
  if (known !== undefined) return known;
  const { document, leftOut } = loadDocument(epochUpdates(state, state.entries.length - 3), { epoch: state.epoch });
  const snapshot = [document.encode(), ...leftOut];
  document.dispose();
  snapshots.set(state.entries, snapshot);
  return snapshot;
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
