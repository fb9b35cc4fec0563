import type { ClientSocket, Handshake } from '../client-socket.ts';
import type { Frame } from '../frames.ts';
import type { Seat } from '../seat.ts';

/** What a frame is that carries nobody's edit. `stored` and `refused` answer an edit of this client. */
export type Verdict = 'stored' | 'refused' | 'other';

/** How the clients of one system speak, as cheaply as may be. */
export interface Dialect {
  handshake(seat: Seat): Handshake;
  /** Says what a client says first. Whether that is all it takes to be in its room. */
  begin(socket: ClientSocket, seat: Seat): boolean;
  /** Is told all that comes until it answers true: the client is in its room, and has what was there before. Throws when it is refused. */
  greet(socket: ClientSocket, seat: Seat, frame: Frame): boolean;
  /** The message that carries an edit. `number` counts this client's edits from 1. */
  encodeEdit(seat: Seat, update: Uint8Array, number: number): Uint8Array;
  /** Answers what must be answered, and says what the frame was. */
  judge(socket: ClientSocket, frame: Frame): Verdict;
}
