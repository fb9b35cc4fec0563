import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { startNginx, type NginxServer } from '@trolley/scripts/services/nginx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTemporaryFolder } from '../../src/temporary-folder.ts';

const noNode = ['127.0.0.1:9'];
const folder = createTemporaryFolder();
let gateway: NginxServer;

beforeAll(async () => {
  writeWebApp(folder.path);
  gateway = await startNginx({ webRoot: folder.path, api: noNode, realtime: noNode });
});
afterAll(async () => {
  await gateway.stop();
  folder[Symbol.dispose]();
});

/** A built web app in small: each kind of file once, and the compressed forms beside it. */
function writeWebApp(folder: string): void {
  mkdirSync(join(folder, '_app/immutable'), { recursive: true });
  const files = {
    '200.html': '<p>shell</p>',
    'index.html': '<p>landing</p>',
    'service-worker.js': 'worker()',
    'manifest.webmanifest': '{}',
    'icon.svg': '<svg/>',
    '_app/version.json': '{"version":"1"}',
    '_app/immutable/start.js': 'start()',
    '_app/immutable/style.css': 'p{}',
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(text));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(text));
  }
}

const ask = (path: string, headers: Record<string, string>) =>
  fetch(`http://127.0.0.1:${gateway.port}${path}`, { headers });

describe('the web app behind the gateway', () => {
  it.each([
    ['/', 'text/html', 'landing', 'no-cache'],
    ['/lists/some-list', 'text/html', 'shell', 'no-cache'],
    ['/service-worker.js', 'text/javascript', 'worker', 'no-cache'],
    ['/manifest.webmanifest', 'application/manifest+json', '{}', 'no-cache'],
    ['/_app/version.json', 'application/json', 'version', 'no-cache'],
    ['/icon.svg', 'image/svg+xml', 'svg', 'no-cache'],
    ['/_app/immutable/start.js', 'text/javascript', 'start', 'public, max-age=31536000, immutable'],
    ['/_app/immutable/style.css', 'text/css', 'p{}', 'public, max-age=31536000, immutable'],
  ])('has %s as %s, in each encoding', async (path, type, text, cache) => {
    for (const encoding of ['br', 'gzip', null]) {
      const headers = { accept: 'text/html', 'accept-encoding': encoding ?? 'identity' };
      const response = await ask(path, headers);
      expect({
        encoding: response.headers.get('content-encoding'),
        type: response.headers.get('content-type')?.replace('; charset=utf-8', ''),
        cache: response.headers.get('cache-control'),
        vary: response.headers.get('vary'),
      }).toEqual({ encoding, type, cache, vary: 'Accept-Encoding' });
      expect(await response.text()).toContain(text);
    }
  });

  it('has no page for what is no page', async () => {
    for (const path of ['/_app/immutable/gone.js', '/nothing.png', '/-/shell', '/lists/some-list']) {
      const response = await ask(path, { accept: '*/*' });
      expect([path, response.status, response.headers.get('cache-control')]).toEqual([path, 404, null]);
    }
  });
});
