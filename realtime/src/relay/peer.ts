import type { Identity, ListId, Role, ServerMessage } from '@trolley/shared/protocol';

/** What a peer is in one list: its role as of the last check, and its id in the room's awareness. */
export interface Seat {
  role: Role;
  clientId: number;
}

/** A pull that may end in a seat, unless the peer leaves before. */
export interface Arrival {
  readonly list: ListId;
  isOver: boolean;
}

interface PeerOptions {
  id: string;
  identity: Identity;
  send: (message: ServerMessage) => void;
  cut?: () => void;
}

/** One connection of one client, whatever carries it. */
export class Peer {
  readonly id: string;
  readonly identity: Identity;
  /** Sends an event to this peer alone. */
  readonly send: (message: ServerMessage) => void;
  /** Ends the connection, so that the client comes back and is greeted anew. */
  readonly cut: () => void;
  readonly seats = new Map<ListId, Seat>();
  readonly arrivals = new Set<Arrival>();

  constructor(options: PeerOptions) {
    this.id = options.id;
    this.identity = options.identity;
    this.send = options.send;
    this.cut = options.cut ?? (() => undefined);
  }
}
