import type { ListId, ServerMessage } from '@trolley/shared/protocol';
import type { Peer } from './peer.ts';

/** Rooms across all nodes: who is in a list's room, and how to reach them. */
export interface Rooms {
  join(peer: Peer, list: ListId): void | Promise<void>;
  leave(peer: Peer, list: ListId): void | Promise<void>;
  /** To everybody in the room, on every node, but `except`. Best effort: what is lost is found by comparing heads. */
  broadcast(list: ListId, message: ServerMessage, except?: Peer): void;
}
