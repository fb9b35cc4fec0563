import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { GatheringSockets } from './gathering-sockets.ts';

describe('sockets that gather', () => {
  const httpServer = createServer();
  const sockets = new GatheringSockets({ noServer: true });
  let served: { socket: WebSocket; stream: Duplex };
  let client: WebSocket;
  let heard: Buffer[];

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
    client.on('message', (data: Buffer) => heard.push(data));
    served = await arrived.promise;
    await once(client, 'open');
  });

  afterEach(async () => {
    client.terminate();
    httpServer.close();
    await once(httpServer, 'close');
  });

  /** Sends messages of these lengths in one turn, each filled with its number, and tells how many writes they came to. */
  const sendAll = async (lengths: readonly number[]) => {
    const { socket, stream } = served;
    const write = vi.spyOn(stream, 'write');
    const said: number[] = [];
    for (const [number, length] of lengths.entries())
      socket.send(Buffer.alloc(length, number), () => said.push(number));
    expect(said).toEqual([...lengths.keys()]);
    expect(write).not.toHaveBeenCalled();
    await expect.poll(() => heard.length).toBe(lengths.length);
    return write.mock.calls.length;
  };

  it('R3 send what one turn gives them in one write when it ends, in order', async () => {
    expect(await sendAll([1, 2, 3])).toBe(1);
    expect(heard.map((bytes) => [...bytes])).toEqual([[0], [1, 1], [2, 2, 2]]);
  });

  it('R3 send messages of any length', async () => {
    const lengths = [0, 125, 126, 65_535, 65_536, 1_000_000];
    await sendAll(lengths);
    expect(heard.map(({ byteLength }) => byteLength)).toEqual(lengths);
    expect(heard.every((bytes, number) => bytes.every((byte) => byte === number))).toBe(true);
  });

  it('R3 keep the order of text and bytes', async () => {
    const { socket } = served;
    for (const message of [Buffer.from('one'), 'two', Buffer.from('three')]) socket.send(message);
    await expect.poll(() => heard.map(String)).toEqual(['one', 'two', 'three']);
  });

  it('R3 send what was gathered before they close', async () => {
    served.socket.send(Buffer.from('last words'));
    served.socket.close();
    await once(client, 'close');
    expect(heard.map(String)).toEqual(['last words']);
  });

  it('R3 write nothing more to whoever has gone', async () => {
    const { socket, stream } = served;
    socket.send(Buffer.from('too late'));
    stream.destroy();
    await once(socket, 'close');
    expect(heard).toEqual([]);
  });

  it('R3 say of what comes after the end that it was not sent', async () => {
    client.close();
    await once(served.socket, 'close');
    const { promise, resolve } = Promise.withResolvers<Error | undefined>();
    served.socket.send('too late', resolve);
    expect(await promise).toBeInstanceOf(Error);
  });
});
