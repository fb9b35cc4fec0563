import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { listen } from '@trolley/shared/process';
import { expect, it } from 'vitest';
import { ClientSocket } from './client-socket.ts';

const switching = 'HTTP/1.1 101 Switching Protocols\r\n\r\n';

it('a client whose connection is ending already closes like any other', async () => {
  const accepted: Socket[] = [];
  const server = createServer((socket) => {
    accepted.push(socket);
    socket.once('data', () => socket.write(switching));
  });
  const port = await listen(server, { host: '127.0.0.1', port: 0 });
  let hungUp = 0;
  const listener = { onMessage: () => undefined, onClose: () => (hungUp += 1) };
  const client = await ClientSocket.open({ port, path: '/', headers: [] }, listener);

  await Promise.all([client.close(), client.close()]);
  await client.close();

  expect(hungUp).toBe(1);
  for (const socket of accepted) socket.destroy();
  server.close();
  await once(server, 'close');
});
