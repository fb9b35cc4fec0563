import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fillIn, findNginx } from '@trolley/scripts/services/nginx';
import { root } from '@trolley/scripts/toolchain';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createTemporaryFolder } from '../../src/temporary-folder.ts';

describe('deploy/nginx.conf', () => {
  it('is accepted by nginx with the values of docker-compose.yml', async () => {
    using folder = createTemporaryFolder();
    const composeSchema = v.object({
      services: v.object({
        gateway: v.object({ environment: v.record(v.string(), v.union([v.string(), v.number()])) }),
      }),
    });
    const compose = v.parse(
      composeSchema,
      parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }),
    );
    const { environment } = compose.services.gateway;
    // Names that only Docker knows become an address; an older nginx than that of the image knows no `resolve`.
    const values = Object.entries(environment).map(([name, value]): [string, string] => {
      const text = String(value).replaceAll(/\$\{\w+:-(.*?)\}/g, '$1');
      return [
        name,
        text.replaceAll(/(server )[a-z]+-\d+|( resolve)/g, (_all, server?: string) =>
          server ? 'server 127.0.0.1' : '',
        ),
      ];
    });
    const config = fillIn(readFileSync(join(root, 'deploy/nginx.conf'), 'utf8'), {
      ...Object.fromEntries(values),
      GATEWAY_TEMP: folder.path,
      GATEWAY_ACCESS_LOG: 'off',
    });
    const path = join(folder.path, 'nginx.conf');
    writeFileSync(path, config);
    const { stderr } = await promisify(execFile)(await findNginx(), ['-t', '-q', '-c', path, '-e', 'stderr']);
    expect(stderr.split('\n').filter((line) => !line.includes('worker_connections exceed'))).toEqual(['']);
  });
});
