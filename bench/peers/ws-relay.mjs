// A bare `ws` relay: what comes in from one goes out to the others of its room, as it is. The floor: it keeps nothing and checks nothing.
import { WebSocketServer } from 'ws';

/** @type {Map<string, Set<import('ws').WebSocket>>} */
const rooms = new Map();
const port = Number(process.env.PORT);
const server = new WebSocketServer({ host: '127.0.0.1', port, perMessageDeflate: false }, () => {
  console.log('ready');
});

server.on('connection', (socket, request) => {
  const name = request.url ?? '';
  const room = rooms.get(name) ?? new Set();
  rooms.set(name, room.add(socket));
  socket.on('message', (data) => {
    for (const other of room) if (other !== socket) other.send(data);
  });
  socket.on('close', () => {
    room.delete(socket);
    if (room.size === 0) rooms.delete(name);
  });
});

process.on('SIGTERM', () => process.exit(0));
