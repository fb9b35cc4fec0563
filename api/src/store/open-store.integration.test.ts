import { systemClock } from '@trolley/shared/protocol';
import { describe, expect, inject, it } from 'vitest';
import { recordLog } from '../testing/log-lines.ts';
import { openStore } from './open-store.ts';
import { StoreUnusableError } from './store-unusable-error.ts';

async function refusalOf(databaseUrl: string): Promise<unknown> {
  return openStore({ databaseUrl, dataDir: '' }, systemClock, recordLog().logger).then(
    () => null,
    (error: unknown) => error,
  );
}

describe('a database server that can not be used', () => {
  it('S30 is named in one line, without its password', async () => {
    const url = new URL(inject('postgresUrl'));
    url.pathname = '/nobody_made_this';
    url.password = 'hunter2';
    const unreachable = new URL('postgres://trolley:hunter2@127.0.0.1:1/trolley');
    for (const { href, host, pathname } of [url, unreachable]) {
      const refusal = await refusalOf(href);
      expect(refusal).toBeInstanceOf(StoreUnusableError);
      const message = refusal instanceof Error ? refusal.message : '';
      expect(message).toContain(`The database at ${host}${pathname} can't be used: `);
      expect(message).not.toContain('hunter2');
      expect(message).not.toContain('\n');
    }
  });
});
