import { once } from 'node:events';
import { Agent, createServer, request, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from '@trolley/shared/process';
import { systemClock } from '@trolley/shared/protocol';
import { FakeClock } from '@trolley/shared/testing';
import { expect, it } from 'vitest';
import { drainServer } from './drain-server.ts';

/** A server whose requests are answered by the test, and a browser that keeps its connection. */
async function startServer(clock = systemClock) {
  const server = createServer();
  const drain = drainServer(server, clock);
  const port = await listen(server, { host: '127.0.0.1', port: 0 });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const call = async (): Promise<{ asked: ClientRequest; answer: ServerResponse }> => {
    const asked = request({ port, agent, host: '127.0.0.1' });
    const arrived = new Promise<ServerResponse>((resolve) => {
      server.once('request', (_request, response: ServerResponse) => {
        resolve(response);
      });
    });
    asked.end();
    const answer = await arrived;
    return { asked, answer };
  };
  return { drain, call };
}

it('S45 a server that ends answers what it has begun, and waits for no connection that is kept alive', async () => {
  const { drain, call } = await startServer();
  const first = await call();
  const drained = drain();
  const response = new Promise<IncomingMessage>((resolve) => first.asked.once('response', resolve));
  first.answer.end('done');
  const message = await response;
  expect(message.statusCode).toBe(200);
  message.resume();
  const startedAtMs = performance.now();
  await drained;
  expect(performance.now() - startedAtMs).toBeLessThan(1_000);
});

it('S45 a server that ends waits ten seconds for whoever does not read its answer', async () => {
  const clock = new FakeClock();
  const { drain, call } = await startServer(clock);
  const { asked } = await call();
  const failed = once(asked, 'error');
  let isDrained = false;
  const drained = drain().then(() => (isDrained = true));
  await clock.advance(9_999);
  expect(isDrained).toBe(false);
  await clock.advance(1);
  await drained;
  await failed;
});
