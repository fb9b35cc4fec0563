import { limits, TrolleyError, type ListId, type RosterEntry, type UserId } from '@trolley/shared/protocol';
import type { Peer, Seat } from './peer.ts';

/** Who has which list open on this node. */
export class Seating {
  readonly #peers = new Map<ListId, Set<Peer>>();

  /** Lists that somebody has open. */
  get lists(): ListId[] {
    return [...this.#peers.keys()];
  }

  /** Gives a peer its seat in a list, or another one. Throws `busy` above `limits.maxOpenLists`. */
  take(peer: Peer, list: ListId, seat: Seat): void {
    if (peer.seats.size >= limits.maxOpenLists && !peer.seats.has(list)) {
      throw new TrolleyError('busy', 'Too many lists are open.');
    }
    peer.seats.set(list, seat);
    const peers = this.#peers.get(list) ?? new Set();
    this.#peers.set(list, peers.add(peer));
  }

  /** False when the peer had no seat there. */
  leave(peer: Peer, list: ListId): boolean {
    if (!peer.seats.delete(list)) return false;
    const peers = this.#peers.get(list);
    peers?.delete(peer);
    if (peers?.size === 0) this.#peers.delete(list);
    return true;
  }

  /** All connections by which a list is open. */
  peersIn(list: ListId): Peer[] {
    return [...(this.#peers.get(list) ?? [])];
  }

  isOpen(list: ListId): boolean {
    return this.#peers.has(list);
  }

  /** The connections by which somebody has a list open. */
  peersOf(list: ListId, userId: UserId): Peer[] {
    return this.peersIn(list).filter((peer) => peer.identity.userId === userId);
  }

  /** Everybody who has a list open, as others see them. */
  rosterOf(list: ListId): RosterEntry[] {
    return this.peersIn(list).flatMap(({ identity: { memberId, name, color }, seats }) => {
      const seat = seats.get(list);
      return seat === undefined ? [] : [{ memberId, name, color, clientId: seat.clientId }];
    });
  }

  /** Whose client id it is: of several who claim it, the one who came first. */
  ownerOf(list: ListId, clientId: number): UserId | undefined {
    const peers = this.#peers.get(list) ?? [];
    for (const { seats, identity } of peers) if (seats.get(list)?.clientId === clientId) return identity.userId;
    return undefined;
  }
}
