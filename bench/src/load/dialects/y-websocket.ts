import { encodeVarBytes } from '../varint.ts';
import type { Dialect } from './dialect.ts';

/** Kinds of messages, and of those that sync (y-protocols). */
const sync = 0;
const step1 = 0;
const step2 = 1;
const edit = 2;
const emptyStateVector = encodeVarBytes(Uint8Array.of(0));
const emptyUpdate = encodeVarBytes(Uint8Array.of(0, 0));

/** The protocol of y-websocket: the room is in the path, each message begins with its kind. */
export const yWebsocket: Dialect = {
  handshake: ({ port, list }) => ({ port, path: `/${list}`, headers: [] }),
  begin(socket) {
    socket.send(Buffer.concat([Uint8Array.of(sync, step1), emptyStateVector]));
    return false;
  },
  greet(socket, _seat, { payload }) {
    if (payload[0] !== sync) return false;
    if (payload[1] === step1) socket.send(Buffer.concat([Uint8Array.of(sync, step2), emptyUpdate]));
    return payload[1] === step2;
  },
  encodeEdit: (_seat, update) => Buffer.concat([Uint8Array.of(sync, edit), encodeVarBytes(update)]),
  judge: () => 'other',
};
