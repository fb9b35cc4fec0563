import type { ListId, RosterEntry, Session } from '@trolley/shared/protocol';
import type { DefaultEventsMap, Server } from 'socket.io';
import type { Peer, Rooms } from './relay/relay.ts';
import { messageOnWire } from './wire-bytes.ts';

/** What travels with a socket across nodes: who it is, at which log, and under which client id in which list. */
export interface SocketData extends Session {
  clientIds: Record<ListId, number>;
}

/** Events as any client may send them: nothing is known of what they carry. */
interface IncomingEvents {
  pull: (request: unknown, ack: unknown) => void;
  push: (request: unknown, ack: unknown) => void;
  presence: (message: unknown) => void;
  leave: (message: unknown) => void;
}

/** What a node may emit is typed where the relay says it (`Rooms`, `Peer.send`): Socket.IO's own typing cannot take a generic event name. */
export type RealtimeServer = Server<IncomingEvents, DefaultEventsMap, DefaultEventsMap, SocketData>;

const roomOf = (list: ListId) => `list:${list}`;

/** Rooms as Socket.IO has them, joined across nodes by its adapter. */
export function createSocketRooms(io: RealtimeServer): Rooms {
  return {
    join(peer, list) {
      const socket = io.sockets.sockets.get(peer.id);
      if (socket === undefined) return undefined;
      rememberClientId(socket.data, peer, list);
      return socket.join(roomOf(list));
    },
    leave(peer, list) {
      return io.sockets.sockets.get(peer.id)?.leave(roomOf(list));
    },
    broadcast(list, message, except) {
      const room = io.to(roomOf(list));
      const target = except === undefined ? room : room.except(except.id);
      target.emit(message.event, messageOnWire(message));
    },
    async present(list) {
      const sockets = await io.in(roomOf(list)).fetchSockets();
      return sockets.flatMap(({ data }): RosterEntry[] => {
        const clientId = data.clientIds[list];
        const { memberId, name, color } = data.identity;
        return clientId === undefined ? [] : [{ memberId, name, color, clientId }];
      });
    },
  };
}

function rememberClientId(data: SocketData, peer: Peer, list: ListId): void {
  const seat = peer.seats.get(list);
  if (seat !== undefined) data.clientIds = { ...data.clientIds, [list]: seat.clientId };
}
