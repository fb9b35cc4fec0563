// The server of y-websocket, in memory, on the `ws` that the others here use.
import { createServer } from 'node:http';
import { setupWSConnection } from '@y/websocket-server/utils';
import { WebSocketServer } from 'ws';

const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
sockets.on('connection', setupWSConnection);
server.listen(Number(process.env.PORT), '127.0.0.1', () => {
  console.log('ready');
});

process.on('SIGTERM', () => process.exit(0));
