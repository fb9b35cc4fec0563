import { randomBytes } from 'node:crypto';
import { RemoteLogService } from '@trolley/realtime/cluster';
import { createListId, systemClock } from '@trolley/shared/protocol';
import { pino } from 'pino';
import postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { createDatabase } from '../src/create-database.ts';
import { HttpAccount } from '../src/http-account.ts';
import { apiSecrets, startApiProcess } from '../src/start-api.ts';

const silent = pino({ level: 'silent' });

describe('the api as a process of its own', () => {
  it('S45 serves people, and relays that know the service token', async () => {
    await using database = await createDatabase();
    const api = await startApiProcess({ DATABASE_URL: database.url, LOG_LEVEL: 'warn' });
    const statuses = await Promise.all(
      ['/healthz', '/readyz', '/api/v1/me'].map(async (path) => (await fetch(api.url + path)).status),
    );
    expect(statuses).toEqual([200, 200, 401]);
    const askAs = async (serviceToken: string) => {
      const log = new RemoteLogService({ urls: [api.url], serviceToken, clock: systemClock, logger: silent });
      try {
        return await log.heads([]);
      } finally {
        log.close();
      }
    };
    await expect(askAs('x'.repeat(32))).rejects.toMatchObject({ code: 'unavailable' });
    expect(await askAs(apiSecrets.SERVICE_TOKEN)).toEqual(new Map());
    await api.process.stop();
  });

  it('S45 ends with what it has begun, and takes nothing new', async () => {
    await using database = await createDatabase();
    const api = await startApiProcess({ DATABASE_URL: database.url });
    const account = await HttpAccount.createGuest(api.url);
    const list = createListId((length) => new Uint8Array(randomBytes(length)));
    await account.register(list);
    const sql = postgres(database.url, { max: 1 });
    const held = Promise.withResolvers<undefined>();
    const holding = Promise.withResolvers<undefined>();
    const holder = sql.begin(async (transaction) => {
      await transaction`select from lists for update`;
      holding.resolve(undefined);
      await held.promise;
    });
    await holding.promise;
    const joined = account.invite(list);
    await expect.poll(() => waitingForLocks(database.url)).toBe(1);
    const stopped = api.process.stop();
    await expect
      .poll(() =>
        fetch(`${api.url}/healthz`).then(
          () => 'answered',
          () => 'refused',
        ),
      )
      .toBe('refused');
    held.resolve(undefined);
    await holder;
    expect(await joined).toMatch(/\w/);
    await stopped;
    await sql.end();
  });

  it('S30 names in one line that it may not make what it needs in its database', async () => {
    await using database = await createDatabase();
    const start = startApiProcess({ DATABASE_URL: await narrowRole(database.url) });
    await expect(start).rejects.toThrow(/The api cannot start: The database at .* can't be used: permission denied/);
  });

  it.each([
    ['DATABASE_URL', '', 'DATABASE_URL is not set'],
    ['DATABASE_URL', 'postgres://nobody:hunter2@127.0.0.1:1/trolley', 'The database at 127.0.0.1:1/trolley'],
    ['AUTH_SECRET', '', 'AUTH_SECRET is not set'],
    ['SERVICE_TOKEN', 'short', 'SERVICE_TOKEN must have at least 32 characters'],
    ['PORT', 'eighty', 'PORT=eighty must be a port number'],
    ['HISTORY_DAYS', '0', 'HISTORY_DAYS=0 must be a number of days'],
    ['SMTP_URL', 'mail.example.org', 'SMTP_URL must be an smtp:// or smtps:// address'],
    ['SMTP_URL', 'smtp://mail.example.org', 'PUBLIC_URL is not set, and SMTP_URL needs it'],
    ['REDIS_URL', 'somewhere', 'REDIS_URL=somewhere must be a redis:// address'],
  ])('S40 names %s in one line and ends with 1 when it is %s', async (name, value, line) => {
    await using database = await createDatabase();
    const start = startApiProcess({ DATABASE_URL: database.url, [name]: value });
    const problem: unknown = await start.then(
      () => null,
      (error: unknown) => error,
    );
    const said = problem instanceof Error ? problem.message.split('\n').slice(1) : [];
    expect(said).toEqual([expect.stringContaining(`The api cannot start: ${line}`)]);
    expect(said.join('')).not.toContain('hunter2');
    expect(String(problem)).toContain('exit code 1');
  });
});

/** Address of the database for a role that may make tables in it, but no schema. */
async function narrowRole(url: string): Promise<string> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  const role = `narrow_${randomBytes(4).toString('hex')}`;
  await sql.unsafe(`create role ${role} login; grant create, usage on schema public to ${role}`);
  await sql.end();
  const address = new URL(url);
  address.username = role;
  return address.href;
}

async function waitingForLocks(url: string): Promise<number> {
  const sql = postgres(url, { max: 1 });
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  await sql.end();
  return row?.count ?? 0;
}
