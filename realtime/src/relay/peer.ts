import type { Identity, ListId, Role, ServerMessage } from '@trolley/shared/protocol';
import { TokenBucket } from './token-bucket.ts';

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

const callsPerSecond = 40;
const callBurst = 200;
const bytesPerSecond = 256 * 1024;
const byteBurst = 4 * 1024 * 1024;

/** One connection of one client, whatever carries it. */
export class Peer {
  readonly id: string;
  readonly identity: Identity;
  /** Sends an event to this peer alone. */
  readonly send: (message: ServerMessage) => void;
  readonly seats = new Map<ListId, Seat>();
  readonly arrivals = new Set<Arrival>();
  readonly #calls: TokenBucket;
  readonly #bytes: TokenBucket;

  constructor(options: { id: string; identity: Identity; send: (message: ServerMessage) => void; nowMs: number }) {
    this.id = options.id;
    this.identity = options.identity;
    this.send = options.send;
    this.#calls = new TokenBucket({ perSecond: callsPerSecond, burst: callBurst, nowMs: options.nowMs });
    this.#bytes = new TokenBucket({ perSecond: bytesPerSecond, burst: byteBurst, nowMs: options.nowMs });
  }

  /** R7: counts a call, whatever is in it. Returns 0, or after how many milliseconds the peer may try again. */
  chargeCall(nowMs: number): number {
    return this.#calls.take(1, nowMs);
  }

  /** R7: counts the bytes of a call. Returns as `chargeCall`. */
  chargeBytes(byteLength: number, nowMs: number): number {
    return this.#bytes.take(byteLength, nowMs);
  }
}
