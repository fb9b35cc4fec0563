import type { ListId, Session } from '@trolley/shared/protocol';
import type { DefaultEventsMap, Server } from 'socket.io';
import type { Rooms } from './relay/relay.ts';
import { messageOnWire } from './wire-bytes.ts';

/** Events of clients, of whatever kind: nothing is known of what they carry. */
interface IncomingEvents {
  pull: (request: unknown, ack: unknown) => void;
  push: (request: unknown, ack: unknown) => void;
  presence: (message: unknown) => void;
  leave: (message: unknown) => void;
}

/** What a node may emit is typed where the relay says it (`Rooms`, `Peer.send`): Socket.IO's own typing cannot take a generic event name. */
export type RealtimeServer = Server<IncomingEvents, DefaultEventsMap, DefaultEventsMap, Session>;
export type RealtimeSocket = Parameters<Parameters<RealtimeServer['use']>[0]>[0];

const roomOf = (list: ListId) => `list:${list}`;

/** Rooms as Socket.IO has them, joined across nodes by its adapter. */
export function createSocketRooms(io: RealtimeServer): Rooms {
  return {
    join: (peer, list) => io.sockets.sockets.get(peer.id)?.join(roomOf(list)),
    leave: (peer, list) => io.sockets.sockets.get(peer.id)?.leave(roomOf(list)),
    broadcast(list, message, except) {
      const room = io.to(roomOf(list));
      const target = except === undefined ? room : room.except(except.id);
      target.emit(message.event, messageOnWire(message));
    },
  };
}
