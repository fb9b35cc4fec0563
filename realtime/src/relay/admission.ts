import { toWireError, type ListId, type LogService, type PullRequest, type PullResult } from '@trolley/shared/protocol';
import { CallGate } from './call-gate.ts';
import type { Arrival, Peer } from './peer.ts';
import type { Rooms } from './rooms.ts';
import type { RosterBoard } from './roster-board.ts';
import type { Seating } from './seating.ts';
import type { ToldHeads } from './told-heads.ts';

/** Pulls that are with the log at once: a whole town that comes back after an outage must not keep the pushes from it. */
const maxPulls = 64;
const maxWaitingPulls = 5_000;

interface AdmissionParts {
  log: LogService;
  rooms: Rooms;
  seating: Seating;
  rosters: RosterBoard;
  told: ToldHeads;
}

/** How a peer comes into a list's room, and how it leaves. */
export class Admission {
  readonly #parts: AdmissionParts;
  readonly #gate = new CallGate({ maxRunning: maxPulls, maxWaiting: maxWaitingPulls });

  constructor(parts: AdmissionParts) {
    this.#parts = parts;
  }

  /** R1: with a client id, joins the room, then reads, so that no update falls between the two. */
  async pull(peer: Peer, request: PullRequest): Promise<PullResult> {
    if (request.clientId === undefined) return this.#read(peer, request);
    const arrival: Arrival = { list: request.list, isOver: false };
    peer.arrivals.add(arrival);
    try {
      return await this.#arrive(peer, arrival, request, request.clientId);
    } finally {
      peer.arrivals.delete(arrival);
    }
  }

  /** The peer closes a list, or may not have it open any more. */
  leave(peer: Peer, list: ListId): void {
    for (const arrival of peer.arrivals) if (arrival.list === list) arrival.isOver = true;
    this.unseat(peer, list);
  }

  /** The peer is gone. */
  disconnect(peer: Peer): void {
    for (const arrival of peer.arrivals) arrival.isOver = true;
    for (const list of [...peer.seats.keys()]) this.unseat(peer, list);
  }

  /** Takes the peer's seat; one that it is about to get stays its own affair. */
  unseat(peer: Peer, list: ListId): void {
    const { rooms, rosters, seating, told } = this.#parts;
    if (!seating.leave(peer, list)) return;
    if (!seating.isOpen(list)) told.forget(list);
    void rooms.leave(peer, list);
    rosters.noteChange(list);
  }

  /** The first read says whether the peer may come in; what came between it and the room is in the second. */
  async #arrive(peer: Peer, arrival: Arrival, request: PullRequest, clientId: number): Promise<PullResult> {
    const { rooms, rosters, seating, told } = this.#parts;
    const { list } = arrival;
    const first = await this.#read(peer, request);
    if (arrival.isOver) return first;
    const seat = peer.seats.get(list);
    if (seat?.clientId === clientId) {
      seat.role = first.role;
      return first;
    }
    const isFirst = !seating.isOpen(list);
    seating.take(peer, list, { role: first.role, clientId });
    await rooms.join(peer, list);
    // Joining may take its time: whoever has left or lost access meanwhile must not stay in the room.
    if (!peer.seats.has(list)) await rooms.leave(peer, list);
    const rest = await this.#readRest(peer, { ...request, epoch: first.epoch, cursor: first.head });
    // Of those who have come since, each has read up to its own head, which may be an earlier one.
    if (isFirst && seating.peersIn(list).length === 1) told.note(list, { epoch: rest.epoch, seq: rest.head });
    rosters.noteChange(list);
    return rest.epoch === first.epoch ? { ...rest, updates: [...first.updates, ...rest.updates] } : rest;
  }

  /** Whoever was taken out of the list since the first read leaves the room again. */
  async #readRest(peer: Peer, request: PullRequest): Promise<PullResult> {
    const { list } = request;
    try {
      const rest = await this.#read(peer, request);
      const seat = peer.seats.get(list);
      if (seat !== undefined) seat.role = rest.role;
      return rest;
    } catch (error) {
      if (toWireError(error).code === 'not-found') this.unseat(peer, list);
      throw error;
    }
  }

  #read(peer: Peer, request: PullRequest): Promise<PullResult> {
    return this.#gate.run(() => this.#parts.log.pull(peer.identity.userId, request));
  }
}
