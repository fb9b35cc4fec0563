import { join } from 'node:path';
import { startNginx } from '@trolley/scripts/services/nginx';
import { root } from '@trolley/scripts/toolchain';
import { describe, expect, it } from 'vitest';
import { createDatabase } from '../../src/create-database.ts';
import { startTrolley } from '../../src/start-trolley.ts';
import { createTemporaryFolder } from '../../src/temporary-folder.ts';

const noNode = ['127.0.0.1:9'];

describe('a page of the gateway', () => {
  it.each([
    ['', null],
    ['https://trolley.example', 'max-age=31536000; includeSubDomains'],
  ])('has the headers of npm start with PUBLIC_URL=%s', async (publicUrl, strictTransportSecurity) => {
    using folder = createTemporaryFolder();
    await using database = await createDatabase();
    const trolley = await startTrolley({
      dataDir: folder.path,
      env: { PUBLIC_URL: publicUrl, DATABASE_URL: database.url },
    });
    const own = await startNginx({
      webRoot: join(root, 'web/build'),
      api: noNode,
      realtime: noNode,
      publicUrl,
    });
    const paths = [
      '/',
      '/lists/some-list',
      '/service-worker.js',
      '/manifest.webmanifest',
      '/_app/version.json',
      '/icons/icon.svg',
    ];
    for (const path of paths) {
      const [one, other] = await Promise.all(
        [trolley.url, `http://127.0.0.1:${own.port}`].map((url) =>
          fetch(url + path, { headers: { accept: 'text/html' } }),
        ),
      );
      expect({ path, headers: comparable(other) }).toEqual({ path, headers: comparable(one) });
      expect(other?.headers.get('strict-transport-security')).toBe(strictTransportSecurity);
    }
    await own.stop();
    await trolley.stop();
  });
});

/** What depends on the server program and the moment is left out. */
const incidental = new Set([
  'accept-ranges',
  'connection',
  'content-length',
  'date',
  'etag',
  'keep-alive',
  'last-modified',
  'server',
  'transfer-encoding',
  'vary',
]);

function comparable(response: Response | undefined): Record<string, string> {
  const headers = [...(response?.headers ?? [])].filter(([name]) => !incidental.has(name));
  return Object.fromEntries(headers.map(([name, value]) => [name, value.toLowerCase().replaceAll(/\s/g, '')]));
}
