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
  type ServerMessage,
} from '@trolley/shared/protocol';
import { safeParse } from 'valibot';
import { AppendQueue } from './append-queue.ts';
import { parseMessage } from './parse-message.ts';
import type { Arrival, Peer } from './peer.ts';
import type { Rooms } from './rooms.ts';
import { RosterAnnouncer } from './roster-announcer.ts';
import { Seating } from './seating.ts';

export { Peer, type Seat } from './peer.ts';
export type { Rooms } from './rooms.ts';

/**
 * The relay of one node: takes pushes, has them committed, then broadcasts, then acknowledges. It holds no document, so there is nothing to
 * load, to lose or to keep in step, and a node may be killed at any time.
 */
export class Relay {
  readonly #log: LogService;
  readonly #rooms: Rooms;
  readonly #clock: Clock;
  readonly #queue: AppendQueue;
  readonly #rosters: RosterAnnouncer;
  readonly #seating = new Seating();

  constructor(parts: { log: LogService; rooms: Rooms; clock: Clock }) {
    this.#log = parts.log;
    this.#rooms = parts.rooms;
    this.#clock = parts.clock;
    this.#queue = new AppendQueue(parts.log);
    this.#rosters = new RosterAnnouncer(parts.rooms);
  }

  /** Lists that somebody has open on this node. */
  get lists(): ListId[] {
    return this.#seating.lists;
  }

  /** R1: joins the room, then reads, so that no update falls between the two. */
  async pull(peer: Peer, raw: unknown): Promise<Answer<PullResult>> {
    return answer(async () => {
      this.#chargeCall(peer);
      const request = parseMessage(pullRequestSchema, raw);
      if (request.clientId === undefined) return this.#log.pull(peer.identity.userId, request);
      const arrival: Arrival = { list: request.list, isOver: false };
      peer.arrivals.add(arrival);
      try {
        return await this.#arrive(peer, arrival, request, request.clientId);
      } finally {
        peer.arrivals.delete(arrival);
      }
    });
  }

  /** R2: commits, then broadcasts, then acknowledges. */
  async push(peer: Peer, raw: unknown): Promise<Answer<PushResult>> {
    return answer(async () => {
      this.#chargeCall(peer);
      const request = parseMessage(pushRequestSchema, raw);
      const maxBytes = request.isBulk === true ? limits.maxSnapshotBytes : limits.maxUpdateBytes;
      if (request.update.byteLength > maxBytes) {
        throw new TrolleyError('too-large', `An update may have ${maxBytes} bytes.`, { details: { maxBytes } });
      }
      refuseUntil(peer.chargeBytes(request.update.byteLength, this.#clock.nowMs()));
      const outcome = await this.#queue.append({ userId: peer.identity.userId, ...request });
      this.#relay(peer, request, outcome);
      if (!outcome.ok) throw fromWire(outcome);
      return outcome.value;
    });
  }

  /** R5: a peer speaks for its own awareness only, in rooms that it has joined. Everything else is dropped. */
  presence(peer: Peer, raw: unknown): void {
    const nowMs = this.#clock.nowMs();
    if (peer.chargeCall(nowMs) > 0) return;
    const message = safeParse(presenceMessageSchema, raw);
    if (!message.success || peer.chargeBytes(message.output.awareness.byteLength, nowMs) > 0) return;
    const { list, awareness } = message.output;
    const clientId = peer.seats.get(list)?.clientId;
    const spokenFor = inspectPresence(awareness);
    if (clientId === undefined || spokenFor === null || spokenFor.some((other) => other !== clientId)) return;
    if (this.#seating.ownerOf(list, clientId) !== peer.identity.userId) return;
    this.#rooms.broadcast(list, { event: 'presence', message: message.output }, peer);
  }

  /** R6: the peer has closed a list. */
  leave(peer: Peer, raw: unknown): void {
    const message = safeParse(leaveMessageSchema, raw);
    if (!message.success) return;
    const { list } = message.output;
    for (const arrival of peer.arrivals) if (arrival.list === list) arrival.isOver = true;
    this.#unseat(peer, list);
  }

  /** R6: the connection is gone, and with it the peer's presence. */
  disconnect(peer: Peer): void {
    for (const arrival of peer.arrivals) arrival.isOver = true;
    for (const list of [...peer.seats.keys()]) this.#unseat(peer, list);
  }

  /** R11 and R12: what the api announces: access given or taken, and updates that came in by another way than this relay. */
  announce(event: ListEvent): void {
    switch (event.kind) {
      case 'access':
        this.#changeAccess(event);
        break;
      case 'head': {
        const { list, epoch, seq } = event;
        this.#rooms.broadcast(list, { event: 'head', message: { list, epoch, seq } });
        break;
      }
      case 'appended': {
        const { list, epoch, seq, update } = event;
        this.#rooms.broadcast(list, { event: 'update', message: { list, epoch, seq, update } });
        break;
      }
    }
  }

  /** The first read says whether the peer may come in; what came between it and the room is in the second. */
  async #arrive(peer: Peer, arrival: Arrival, request: PullRequest, clientId: number): Promise<PullResult> {
    const { list } = arrival;
    const first = await this.#log.pull(peer.identity.userId, request);
    if (arrival.isOver) return first;
    const seat = peer.seats.get(list);
    if (seat?.clientId === clientId) {
      seat.role = first.role;
      return first;
    }
    this.#seating.take(peer, list, { role: first.role, clientId });
    await this.#rooms.join(peer, list);
    // Joining may take its time: whoever has left or lost access meanwhile must not stay in the room.
    if (!peer.seats.has(list)) await this.#rooms.leave(peer, list);
    const rest = await this.#readRest(peer, { ...request, epoch: first.epoch, cursor: first.head });
    this.#rosters.refresh(list);
    return rest.epoch === first.epoch ? { ...rest, updates: [...first.updates, ...rest.updates] } : rest;
  }

  /** Whoever was taken out of the list since the first read leaves the room again. */
  async #readRest(peer: Peer, request: PullRequest): Promise<PullResult> {
    const { list } = request;
    try {
      const rest = await this.#log.pull(peer.identity.userId, request);
      const seat = peer.seats.get(list);
      if (seat !== undefined) seat.role = rest.role;
      return rest;
    } catch (error) {
      if (toWireError(error).code === 'not-found') this.#unseat(peer, list);
      throw error;
    }
  }

  #unseat(peer: Peer, list: ListId): void {
    if (!this.#seating.leave(peer, list)) return;
    void this.#rooms.leave(peer, list);
    this.#rosters.refresh(list);
  }

  /** R4: what the store could not take is broadcast without a number, so that people side by side stay in step. */
  #relay(peer: Peer, request: PushRequest, outcome: AppendOutcome): void {
    const { list, epoch, update } = request;
    const broadcast = (place: { epoch: number; seq: number | null }) => {
      const message: ServerMessage = { event: 'update', message: { list, ...place, update } };
      this.#rooms.broadcast(list, message, peer);
    };
    if (outcome.ok && outcome.isCarried === true) {
      this.#rooms.broadcast(list, { event: 'head', message: { list, ...outcome.value } });
    } else if (outcome.ok) broadcast(outcome.value);
    else if (outcome.error.code === 'unavailable' && mayEdit(peer.seats.get(list)?.role ?? null)) {
      broadcast({ epoch, seq: null });
    }
  }

  #changeAccess({ list, role, userId }: Extract<ListEvent, { kind: 'access' }>): void {
    for (const peer of this.#seating.peersOf(list, userId)) {
      peer.send({ event: 'access', message: { list, role } });
      const seat = peer.seats.get(list);
      if (role === null) this.#unseat(peer, list);
      else if (seat !== undefined) seat.role = role;
    }
  }

  #chargeCall(peer: Peer): void {
    refuseUntil(peer.chargeCall(this.#clock.nowMs()));
  }
}

function refuseUntil(retryAfterMs: number): void {
  if (retryAfterMs > 0) throw new TrolleyError('rate-limited', 'Too many calls.', { retryAfterMs });
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
