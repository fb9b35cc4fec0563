import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { freePort } from '@trolley/scripts/services/free-port';
import * as v from 'valibot';

/** What an echo node tells of a call: who was asked for what, and how. */
export const echoSchema = v.object({ node: v.string(), path: v.string(), headers: v.record(v.string(), v.string()) });

export interface EchoNode extends AsyncDisposable {
  readonly name: string;
  readonly port: number;
  /** `host:port`. */
  readonly address: string;
  /** From now on calls are answered with this status; null: they are left without an answer. */
  answerWith(status: number | null): void;
  /** Ends it at once; `listen` brings it back on the same port. */
  close(): Promise<void>;
  listen(): Promise<void>;
}

/** Stands in for a node behind the gateway: answers each call with what arrived, and takes each upgrade. */
export async function startEchoNode(name: string): Promise<EchoNode> {
  const port = await freePort();
  const sockets = new Set<Duplex>();
  let status: number | null = 200;
  const server = createServer((request, response) => {
    if (status === null) return;
    const { url: path = '', headers } = request;
    request.resume().once('end', () => {
      response.writeHead(status ?? 500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ node: name, path, headers }));
    });
  });
  server.on('connection', (socket) => sockets.add(socket));
  server.on('upgrade', (request, socket) => {
    if (status === 200) acceptUpgrade(request, socket, name);
  });
  const node: EchoNode = {
    name,
    port,
    address: `127.0.0.1:${port}`,
    answerWith: (next) => (status = next),
    async listen() {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    async [Symbol.asyncDispose]() {
      if (server.listening) await node.close();
    },
  };
  await node.listen();
  return node;
}

/** Says its name in a text frame. Whatever the other side then says, such as a close frame, ends it. */
function acceptUpgrade(request: IncomingMessage, socket: Duplex, name: string): void {
  const key = `${request.headers['sec-websocket-key'] ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  const accept = createHash('sha1').update(key).digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  socket.once('data', () => socket.end());
  socket.write(Buffer.concat([Buffer.from([0x81, name.length]), Buffer.from(name)]));
}
