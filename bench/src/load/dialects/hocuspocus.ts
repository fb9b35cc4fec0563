import type { Seat } from '../seat.ts';
import { encodeVarBytes, encodeVarString } from '../varint.ts';
import type { Dialect } from './dialect.ts';

/** Kinds of Hocuspocus' messages, of those that sync, and of those that prove who one is. */
const kind = { sync: 0, auth: 2, syncReply: 4, syncStatus: 8 } as const;
const step1 = 0;
const step2 = 1;
const edit = 2;
const token = 0;
const isDenied = 1;
const emptyStateVector = encodeVarBytes(Uint8Array.of(0));
const emptyUpdate = encodeVarBytes(Uint8Array.of(0, 0));

/** Hocuspocus' protocol: each message begins with its document's name. */
export const hocuspocus: Dialect = {
  handshake: ({ port }) => ({ port, path: '/', headers: [] }),
  begin(socket, seat) {
    socket.send(message(seat, Uint8Array.of(kind.auth, token), encodeVarString('')));
    socket.send(message(seat, Uint8Array.of(kind.sync, step1), emptyStateVector));
    return false;
  },
  greet(socket, seat, { payload }) {
    const [type, detail] = payload.subarray(nameLength(seat));
    if (type === kind.auth && detail === isDenied) throw new Error('Hocuspocus lets nobody in');
    if (type !== kind.sync && type !== kind.syncReply) return false;
    if (detail === step1) socket.send(message(seat, Uint8Array.of(kind.syncReply, step2), emptyUpdate));
    return detail === step2;
  },
  encodeEdit: (seat, update) => message(seat, Uint8Array.of(kind.sync, edit), encodeVarBytes(update)),
  judge(_socket, { payload }) {
    // The last byte says whether it was taken: applied in memory, that is.
    const isStatus = payload.at(-2) === kind.syncStatus;
    if (!isStatus) return 'other';
    return payload.at(-1) === 1 ? 'stored' : 'refused';
  },
};

function message(seat: Seat, head: Uint8Array, body: Uint8Array): Uint8Array {
  return Buffer.concat([encodeVarString(seat.list), head, body]);
}

/** Names are shorter than 128 bytes: one byte says how long. */
function nameLength({ list }: Seat): number {
  return 1 + list.length;
}
