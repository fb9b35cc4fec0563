import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { GatheringSockets } from './gathering-sockets.ts';

describe('sockets that gather', () => {
  const httpServer = createServer();
  const sockets = new GatheringSockets({ noServer: true });
  let served: { socket: WebSocket; stream: Duplex };
  let client: WebSocket;
  let heard: string[];

  beforeEach(async () => {
    const arrived = Promise.withResolvers<typeof served>();
    httpServer.once('upgrade', (request, stream, head) => {
      sockets.handleUpgrade(request, stream, head, (socket) => {
        arrived.resolve({ socket, stream });
      });
    });
    httpServer.listen(0, '127.0.0.1');
    await once(httpServer, 'listening');
    const address = httpServer.address();
    client = new WebSocket(`ws://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
    heard = [];
    client.on('message', (data: Buffer) => heard.push(data.toString()));
    served = await arrived.promise;
    await once(client, 'open');
  });

  afterEach(async () => {
    client.terminate();
    httpServer.close();
    await once(httpServer, 'close');
  });

  it('R3 send what one turn gives them together when it ends, in order', async () => {
    const { socket, stream } = served;
    const said: string[] = [];
    for (const text of ['one', 'two', 'three']) socket.send(text, () => said.push(text));
    expect(said).toEqual(['one', 'two', 'three']);
    expect(stream.writableCorked).toBe(1);
    await expect.poll(() => heard).toEqual(['one', 'two', 'three']);
    expect(stream.writableCorked).toBe(0);
  });

  it('R3 send what was gathered before they close', async () => {
    served.socket.send('last words');
    served.socket.close();
    await once(client, 'close');
    expect(heard).toEqual(['last words']);
  });

  it('R3 say of what comes after the end that it was not sent', async () => {
    client.close();
    await once(served.socket, 'close');
    const { promise, resolve } = Promise.withResolvers<Error | undefined>();
    served.socket.send('too late', resolve);
    expect(await promise).toBeInstanceOf(Error);
  });
});
