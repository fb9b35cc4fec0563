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
  type PullResult,
  type PushRequest,
  type PushResult,
} from '@trolley/shared/protocol';
import { safeParse } from 'valibot';
import { Admission } from './admission.ts';
import { AppendQueue } from './append-queue.ts';
import { noNeighbours, type Neighbours } from './neighbours.ts';
import { OpenLists } from './open-lists.ts';
import { parseMessage } from './parse-message.ts';
import type { Peer } from './peer.ts';
import { RateLimits } from './rate-limits.ts';
import type { Rooms } from './rooms.ts';
import { RosterBoard } from './roster-board.ts';
import { Seating } from './seating.ts';
import { ToldHeads } from './told-heads.ts';

export type { Neighbours } from './neighbours.ts';
export { Peer } from './peer.ts';
export type { Rooms } from './rooms.ts';

export interface RelayParts {
  log: LogService;
  rooms: Rooms;
  clock: Clock;
  /** None when there is one node. */
  neighbours?: Neighbours;
  /** Multiplies every rate. */
  rateFactor?: number;
}

/**
 * The relay of one node: takes pushes, has them committed, then broadcasts, then acknowledges. It holds no document, so there is nothing to
 * load, to lose or to keep in step, and a node may be killed at any time.
 */
export class Relay {
  readonly #rooms: Rooms;
  readonly #clock: Clock;
  readonly #queue: AppendQueue;
  readonly #admission: Admission;
  readonly #rates: RateLimits;
  readonly #seating = new Seating();
  /** For whoever compares what this node takes for true with the log. */
  readonly openLists: OpenLists;

  constructor({ log, rooms, clock, neighbours = noNeighbours, rateFactor }: RelayParts) {
    this.#rooms = rooms;
    this.#clock = clock;
    this.#queue = new AppendQueue({ log, clock });
    this.#rates = new RateLimits(rateFactor);
    const [seating, told] = [this.#seating, new ToldHeads()];
    const rosters = new RosterBoard({ seating, neighbours, clock });
    this.#admission = new Admission({ log, rooms, seating, rosters, told });
    this.openLists = new OpenLists({ seating, told, admission: this.#admission });
  }

  /** Lists that somebody has open on this node. */
  get lists(): ListId[] {
    return this.#seating.lists;
  }

  /** What a peer is missing; with a client id it also opens the list. */
  pull(peer: Peer, raw: unknown): Promise<Answer<PullResult>> {
    return answer(() => {
      this.#chargeCall(peer);
      return this.#admission.pull(peer, parseMessage(pullRequestSchema, raw));
    });
  }

  /** R2: commits, then broadcasts, then acknowledges. */
  async push(peer: Peer, raw: unknown): Promise<Answer<PushResult>> {
    try {
      const outcome = await this.#push(peer, raw);
      return outcome.ok ? { ok: true, value: outcome.value } : outcome;
    } catch (error) {
      return { ok: false, error: toWireError(error) };
    }
  }

  /** R5: a peer speaks for its own awareness only, in rooms that it has joined. Everything else is dropped. */
  presence(peer: Peer, raw: unknown): void {
    const nowMs = this.#clock.nowMs();
    if (this.#rates.chargeCall(peer, nowMs) > 0) return;
    const message = safeParse(presenceMessageSchema, raw);
    if (!message.success) return;
    const { list, awareness } = message.output;
    const clientId = peer.seats.get(list)?.clientId;
    const spokenFor = inspectPresence(awareness);
    if (clientId === undefined || spokenFor === null || spokenFor.some((other) => other !== clientId)) return;
    if (this.#seating.ownerOf(list, clientId) !== peer.identity.userId) return;
    if (this.#rates.chargeBytes(peer, list, awareness.byteLength, nowMs) > 0) return;
    this.#rooms.broadcast(list, { event: 'presence', message: message.output }, peer);
  }

  /** R6: the peer has closed a list. */
  leave(peer: Peer, raw: unknown): void {
    const message = safeParse(leaveMessageSchema, raw);
    if (message.success) this.#admission.leave(peer, message.output.list);
  }

  /** R6: the connection is gone, and with it the peer's presence. */
  disconnect(peer: Peer): void {
    this.#admission.disconnect(peer);
  }

  /** R11 and R12: what the api announces. Every node hears it, so each tells its own peers alone. */
  announce(event: ListEvent): void {
    switch (event.kind) {
      case 'access':
        this.openLists.changeRole(event, event.role);
        break;
      case 'appended': {
        const { list, epoch, seq, update } = event;
        this.openLists.tellUpdate({ list, epoch, seq, update });
        break;
      }
      case 'head':
        this.openLists.tellHead(event.list, event);
        break;
      case 'signed-out':
        // It is about connections, of which a relay knows nothing: whoever has them sees to it.
        break;
    }
  }

  /** Resolves when every push that has come has been answered. */
  whenIdle(): Promise<void> {
    return this.#queue.whenIdle();
  }

  async #push(peer: Peer, raw: unknown): Promise<AppendOutcome> {
    this.#chargeCall(peer);
    const request = parseMessage(pushRequestSchema, raw);
    const maxBytes = request.isBulk === true ? limits.maxSnapshotBytes : limits.maxUpdateBytes;
    if (request.update.byteLength > maxBytes) {
      throw new TrolleyError('too-large', `An update may have ${maxBytes} bytes.`, { details: { maxBytes } });
    }
    refuseUntil(this.#rates.chargeBytes(peer, request.list, request.update.byteLength, this.#clock.nowMs()));
    const outcome = await this.#queue.append({ userId: peer.identity.userId, ...request });
    this.#relay(peer, request, outcome);
    return outcome;
  }

  /** R4: what the store could not take is broadcast without a number, so that people side by side stay in step. */
  #relay(peer: Peer, { list, epoch, update }: PushRequest, outcome: AppendOutcome): void {
    if (!outcome.ok) {
      if (outcome.error.code !== 'unavailable' || !mayEdit(peer.seats.get(list)?.role ?? null)) return;
      this.#rooms.broadcast(list, { event: 'update', message: { list, epoch, seq: null, update } }, peer);
      return;
    }
    const head = outcome.value;
    if (outcome.isCarried === true) {
      // R18: what was written is not what was pushed, so also whoever pushed it has to read it.
      this.#rooms.broadcast(list, { event: 'head', message: { list, ...head } });
      return;
    }
    this.#rooms.broadcast(list, { event: 'update', message: { list, ...head, update } }, peer);
    this.openLists.noteOwn(list, head);
  }

  #chargeCall(peer: Peer): void {
    refuseUntil(this.#rates.chargeCall(peer, this.#clock.nowMs()));
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
