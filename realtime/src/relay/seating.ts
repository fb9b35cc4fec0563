import { limits, TrolleyError, type ListId, type UserId } from '@trolley/shared/protocol';
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

  /** The connections by which somebody has a list open. */
  peersOf(list: ListId, userId: UserId): Peer[] {
    return [...(this.#peers.get(list) ?? [])].filter((peer) => peer.identity.userId === userId);
  }

  /** Whose client id it is: of several who claim it, the one who came first. */
  ownerOf(list: ListId, clientId: number): UserId | undefined {
    const claims = [...(this.#peers.get(list) ?? [])];
    return claims.find((peer) => peer.seats.get(list)?.clientId === clientId)?.identity.userId;
  }
}
