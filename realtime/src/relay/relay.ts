import { inspectPresence } from '@trolley/shared/document';
import {
  leaveMessageSchema,
  limits,
  mayEdit,
  presenceMessageSchema,
  pullRequestSchema,
  pushRequestSchema,
  toWireError,
  TrolleyError,
  type Answer,
  type AppendOutcome,
  type Clock,
  type ListEvent,
  type ListId,
  type LogService,
  type PullRequest,
  type PullResult,
  type PushRequest,
  type PushResult,
  type RosterEntry,
  type ServerMessage,
} from '@trolley/shared/protocol';
import { AppendQueue } from './append-queue.ts';
import type { Peer } from './peer.ts';
import { parseMessage } from './parse-message.ts';

export { Peer, type Seat } from './peer.ts';

/** Rooms across all nodes: who is in a list's room, and how to reach them. */
export interface Rooms {
  join(peer: Peer, list: ListId): void | Promise<void>;
  leave(peer: Peer, list: ListId): void | Promise<void>;
  /** To everybody in the room, on every node, but `except`. Best effort: what is lost is found by comparing heads. */
  broadcast(list: ListId, message: ServerMessage, except?: Peer): void;
  /** Everybody present, on every node. */
  present(list: ListId): Promise<RosterEntry[]>;
}

/**
 * The relay of one node: takes pushes, has them committed, then broadcasts, then acknowledges. It holds no document, so there is nothing to
 * load, to lose or to keep in step, and a node may be killed at any time.
 */
export class Relay {
  readonly #log: LogService;
  readonly #rooms: Rooms;
  readonly #clock: Clock;
  readonly #queue: AppendQueue;
  readonly #seated = new Map<ListId, Set<Peer>>();
  readonly #rosters = new Map<ListId, { isStale: boolean }>();

  constructor(parts: { log: LogService; rooms: Rooms; clock: Clock }) {
    this.#log = parts.log;
    this.#rooms = parts.rooms;
    this.#clock = parts.clock;
    this.#queue = new AppendQueue(parts.log);
  }

  /** Lists that somebody has open on this node. */
  get lists(): ListId[] {
    return [...this.#seated.keys()];
  }

  /** R1: joins the room, then reads, so that no update falls between the two. */
  async pull(peer: Peer, raw: unknown): Promise<Answer<PullResult>> {
    return answer(async () => {
      const request = parseMessage(pullRequestSchema, raw);
      this.#charge(peer, 0);
      const result = await this.#log.pull(peer.identity.userId, request);
      if (request.clientId === undefined) return result;
      const seat = peer.seats.get(request.list);
      if (seat?.clientId !== request.clientId) return this.#seat(peer, request, request.clientId, result);
      seat.role = result.role;
      return result;
    });
  }

  /** R2: commit, then broadcast, then acknowledge. What cannot be stored is broadcast without a number and refused. */
  async push(peer: Peer, raw: unknown): Promise<Answer<PushResult>> {
    return answer(async () => {
      const request = parseMessage(pushRequestSchema, raw);
      const maxBytes = request.isBulk === true ? limits.maxSnapshotBytes : limits.maxUpdateBytes;
      if (request.update.byteLength > maxBytes) {
        throw new TrolleyError('too-large', `An update may have ${maxBytes} bytes.`, { details: { maxBytes } });
      }
      this.#charge(peer, request.update.byteLength);
      const outcome = await this.#queue.append({ userId: peer.identity.userId, ...request });
      this.#relay(peer, request, outcome);
      if (!outcome.ok) throw fromWire(outcome);
      return outcome.value;
    });
  }

  /** R5: a peer speaks for its own awareness only, in rooms that it has joined. Everything else is dropped. */
  presence(peer: Peer, raw: unknown): void {
    const message = presenceMessageSchema.safeParse(raw);
    if (!message.success || peer.charge(message.data.awareness.byteLength, this.#clock.nowMs()) > 0) return;
    const seat = peer.seats.get(message.data.list);
    if (seat === undefined) return;
    const spokenFor = inspectPresence(message.data.awareness);
    if (spokenFor === null || spokenFor.some((clientId) => clientId !== seat.clientId)) return;
    this.#rooms.broadcast(message.data.list, { event: 'presence', message: message.data }, peer);
  }

  /** The peer has closed a list. */
  leave(peer: Peer, raw: unknown): void {
    const message = leaveMessageSchema.safeParse(raw);
    if (message.success) this.#unseat(peer, message.data.list);
  }

  /** R6: the connection is gone, and with it the peer's presence. */
  disconnect(peer: Peer): void {
    for (const list of [...peer.seats.keys()]) this.#unseat(peer, list);
  }

  /** What the api announces: access given or taken, and updates that came in by another way than this relay. */
  announce(event: ListEvent): void {
    switch (event.kind) {
      case 'access':
        this.#changeAccess(event);
        break;
      case 'appended': {
        const { list, epoch, seq, update } = event;
        this.#rooms.broadcast(list, { event: 'update', message: { list, epoch, seq, update } });
        break;
      }
    }
  }

  async #seat(peer: Peer, request: PullRequest, clientId: number, first: PullResult): Promise<PullResult> {
    if (peer.seats.size >= limits.maxOpenLists && !peer.seats.has(request.list))
      throw new TrolleyError('busy', 'Too many lists are open.');
    const { list } = request;
    peer.seats.set(list, { role: first.role, clientId });
    const peers = this.#seated.get(list) ?? new Set();
    this.#seated.set(list, peers.add(peer));
    await this.#rooms.join(peer, list);
    const rest = await this.#log.pull(peer.identity.userId, { ...request, epoch: first.epoch, cursor: first.head });
    this.#refreshRoster(list);
    return { ...rest, updates: [...first.updates, ...rest.updates] };
  }

  #unseat(peer: Peer, list: ListId): void {
    if (!peer.seats.delete(list)) return;
    const peers = this.#seated.get(list);
    peers?.delete(peer);
    if (peers?.size === 0) this.#seated.delete(list);
    void this.#rooms.leave(peer, list);
    this.#refreshRoster(list);
  }

  #relay(peer: Peer, request: PushRequest, outcome: AppendOutcome): void {
    const { list, update } = request;
    if (outcome.ok) {
      this.#rooms.broadcast(list, { event: 'update', message: { list, ...outcome.value, update } }, peer);
    } else if (outcome.error.code === 'unavailable' && mayEdit(peer.seats.get(list)?.role ?? null)) {
      this.#rooms.broadcast(
        list,
        { event: 'update', message: { list, epoch: request.epoch, seq: null, update } },
        peer,
      );
    }
  }

  #changeAccess(event: Extract<ListEvent, { kind: 'access' }>): void {
    const { list, role, userId } = event;
    for (const peer of [...(this.#seated.get(list) ?? [])]) {
      if (peer.identity.userId !== userId) continue;
      peer.send({ event: 'access', message: { list, role } });
      const seat = peer.seats.get(list);
      if (role === null) this.#unseat(peer, list);
      else if (seat !== undefined) seat.role = role;
    }
  }

  /** Tells a room who is there. Changes that come while it is being found out are told once, afterwards. */
  #refreshRoster(list: ListId): void {
    const running = this.#rosters.get(list);
    if (running !== undefined) {
      running.isStale = true;
      return;
    }
    const run = { isStale: false };
    this.#rosters.set(list, run);
    void this.#rooms
      .present(list)
      .then((present) => {
        this.#rooms.broadcast(list, { event: 'roster', message: { list, present } });
      })
      .catch(() => undefined)
      .finally(() => {
        this.#rosters.delete(list);
        if (run.isStale) this.#refreshRoster(list);
      });
  }

  #charge(peer: Peer, byteLength: number): void {
    const retryAfterMs = peer.charge(byteLength, this.#clock.nowMs());
    if (retryAfterMs > 0) throw new TrolleyError('rate-limited', 'Too many calls.', { retryAfterMs });
  }
}

async function answer<T>(work: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error: toWireError(error) };
  }
}

function fromWire({ error }: Extract<AppendOutcome, { ok: false }>): TrolleyError {
  const options = error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs };
  return new TrolleyError(error.code, error.message, options);
}
