import { once } from 'node:events';
import { startNginx, type NginxServer } from '@trolley/scripts/services/nginx';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { echoSchema, startEchoNode, type EchoNode } from '../../src/echo-node.ts';
import { createTemporaryFolder } from '../../src/temporary-folder.ts';

const token = 'AbCdEfGhIjKlMnOpQrStUv';
const stack = new AsyncDisposableStack();
let gateway: NginxServer;
let nodes: Record<'api1' | 'api2' | 'realtime1' | 'realtime2', EchoNode>;

beforeAll(async () => {
  const folder = stack.use(createTemporaryFolder());
  nodes = {
    api1: stack.use(await startEchoNode('api1')),
    api2: stack.use(await startEchoNode('api2')),
    realtime1: stack.use(await startEchoNode('realtime1')),
    realtime2: stack.use(await startEchoNode('realtime2')),
  };
  gateway = await startNginx({
    webRoot: folder.path,
    api: [nodes.api1.address, nodes.api2.address],
    realtime: [nodes.realtime1.address, nodes.realtime2.address],
  });
});
afterAll(async () => {
  await gateway.stop();
  await stack.disposeAsync();
});

const ask = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${gateway.port}${path}`, init);
const echo = async (path: string, init: RequestInit = {}) => v.parse(echoSchema, await (await ask(path, init)).json());

/** Opens a socket. Resolves with who has taken it, and how to close it. */
async function openSocket(path = '/socket.io/?EIO=4'): Promise<{ node: string; close: () => Promise<void> }> {
  const socket = new WebSocket(`ws://127.0.0.1:${gateway.port}${path}`);
  const node = await new Promise<unknown>((resolve, reject) => {
    socket.addEventListener('message', (message) => {
      resolve(message.data);
    });
    socket.addEventListener('error', () => {
      reject(new Error(`${path} was refused`));
    });
  });
  const close = async () => {
    const closed = once(socket, 'close');
    socket.close();
    await closed;
  };
  return { node: String(node), close };
}

/** Opens sockets that all stay open until the last has been. Resolves with who has taken them. */
async function openSockets(count: number): Promise<string[]> {
  const sockets = [];
  for (let index = 0; index < count; index += 1) sockets.push(await openSocket());
  await Promise.all(sockets.map(({ close }) => close()));
  return sockets.map(({ node }) => node);
}

const answer = (status: number | null) => (node: EchoNode) => {
  node.answerWith(status);
  return Promise.resolve();
};

describe('calls through the gateway', () => {
  it('go to the api, with the caller’s address and the host that they named, and with nothing that the caller made up', async () => {
    const { node, path, headers } = await echo('/api/v1/lists?x=1', {
      headers: {
        'x-forwarded-for': '203.0.113.7',
        'x-forwarded-host': 'evil.example',
        forwarded: 'for=1',
        origin: 'http://a',
      },
    });
    expect([node, path]).toEqual([expect.stringMatching(/^api/), '/api/v1/lists?x=1']);
    // 127.0.0.1 is the proxy that this gateway trusts.
    expect(headers).toMatchObject({
      'x-forwarded-for': '203.0.113.7',
      host: `127.0.0.1:${gateway.port}`,
      origin: 'http://a',
    });
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['x-forwarded-host']));
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['forwarded']));
  });

  it('never reach what the nodes say to each other', async () => {
    for (const path of ['/internal', '/internal/v1/calls', '//internal/v1/calls', '/api/%2e%2e/internal/v1/calls']) {
      const response = await ask(path, { method: 'POST', headers: { accept: 'text/html' } });
      expect([path, response.status]).toEqual([path, 404]);
    }
  });

  it('open sockets at both endpoints', async () => {
    for (const path of ['/socket.io/?EIO=4', '/yjs/some-list']) {
      const { node, close } = await openSocket(path);
      expect(node).toMatch(/^realtime/);
      await close();
    }
  });

  it('are spread over the nodes', async () => {
    const asked = await Promise.all(Array.from({ length: 20 }, async () => (await echo('/api/v1/me')).node));
    expect(new Set(asked)).toEqual(new Set(['api1', 'api2']));
  });

  it('go to another node of the api when one is gone, or goes down', async () => {
    await nodes.api1.close();
    for (let call = 0; call < 6; call += 1) {
      expect((await echo('/api/v1/me', { method: 'POST', body: '{}' })).node).toBe('api2');
    }
    await nodes.api1.listen();
    await expect.poll(async () => (await echo('/api/v1/me')).node, { timeout: 10_000 }).toBe('api1');
    nodes.api2.answerWith(503);
    for (let call = 0; call < 4; call += 1) expect((await echo('/api/v1/me')).node).toBe('api1');
    nodes.api2.answerWith(200);
  });

  it.each([
    ['is gone', (node: EchoNode) => node.close(), (node: EchoNode) => node.listen()],
    ['goes down', answer(503), answer(200)],
    ['stands still', answer(null), answer(200)],
  ])('open sockets at another node when one %s, and at both when it is back', async (_how, fail, recover) => {
    await fail(nodes.realtime1);
    expect(new Set(await openSockets(6))).toEqual(new Set(['realtime2']));
    await recover(nodes.realtime1);
    // One that is back is trusted with as many as the other, though its first ones stay open.
    const share = async () => (await openSockets(8)).filter((node) => node === 'realtime1').length;
    await expect.poll(share, { timeout: 10_000 }).toBe(4);
  });

  it('open no socket when no node is ready', async () => {
    nodes.realtime1.answerWith(503);
    nodes.realtime2.answerWith(503);
    await expect(openSocket()).rejects.toThrow('refused');
    nodes.realtime1.answerWith(200);
    nodes.realtime2.answerWith(200);
    await expect.poll(async () => new Set(await openSockets(4)).size, { timeout: 10_000 }).toBe(2);
  });

  it('are told in the api’s own words when no node answers or the body is too large', async () => {
    await nodes.api1.close();
    await nodes.api2.close();
    const refused = await ask('/api/v1/me');
    await nodes.api1.listen();
    await nodes.api2.listen();
    const tooLarge = await ask('/api/v1/lists/x/updates', { method: 'POST', body: new Uint8Array(3_000_000) });
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toMatchObject([
      503,
      '1',
      { success: false, error: { code: 'unavailable' } },
    ]);
    expect([tooLarge.status, await tooLarge.json()]).toMatchObject([
      413,
      { success: false, error: { code: 'too-large' } },
    ]);
  });

  it('leave no token and no id in the log', async () => {
    const seen = gateway.accessLog().length;
    await ask(`/join/${token}`, { headers: { accept: 'text/html' } });
    await ask(`/api/v1/invites/${token}`, { method: 'POST', body: '{}' });
    await ask(`/api/v1/lists?token=${token}`, {
      headers: { referer: `http://a/join/${token}`, authorization: `Bearer ${token}` },
    });
    await (await openSocket(`/yjs/${token}?token=${token}`)).close();
    await expect.poll(() => gateway.accessLog().slice(seen).join('\n')).toContain('"route":"/yjs"');
    const log = gateway.accessLog().join('\n');
    expect(log).toContain('"route":"/api/v1/invites"');
    expect(log).not.toContain(token);
  });
});
