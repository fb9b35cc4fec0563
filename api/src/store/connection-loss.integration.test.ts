import { systemClock } from '@trolley/shared/protocol';
import { Kysely, sql as statement } from 'kysely';
import type { TransactionSql } from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { recordLog } from '../testing/log-lines.ts';
import { createServerDatabase } from '../testing/server-database.ts';
import { openDatabase, type Database } from './database.ts';
import { createKyselyDialect } from './kysely-dialect.ts';

/** Each way in which a connection was seen to be lost took the whole process with it, in postgres.js 3.4.9 by itself. */
describe('a connection that the server ends', { timeout: 30_000 }, () => {
  let server: Awaited<ReturnType<typeof createServerDatabase>>;
  let database: Database;
  let other: Database;

  beforeAll(async () => {
    server = await createServerDatabase(inject('postgresUrl'));
    const open = () => openDatabase({ databaseUrl: server.url, dataDir: '' }, systemClock, recordLog().logger);
    [database, other] = await Promise.all([open(), open()]);
    await database.sql`create table numbers (number integer)`;
  });

  beforeEach(async () => {
    await other.sql`truncate numbers`;
  });

  afterAll(async () => {
    await database.dispose();
    await other.dispose();
    await server.drop();
  });

  const endConnection = async (pid: number): Promise<void> => {
    await other.sql`select pg_terminate_backend(${pid})`;
    await expect.poll(() => other.sql`select from pg_stat_activity where pid = ${pid}`).toHaveLength(0);
  };

  async function pidOf(sql: TransactionSql): Promise<number> {
    const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    return row?.pid ?? 0;
  }

  /** Whatever was lost, each connection of the pool does its work again. The driver hands on one stale refusal per loss. */
  async function expectHealthy(): Promise<void> {
    await expect
      .poll(async () => {
        const queries = Array.from({ length: 30 }, (_, index) => database.sql`select ${index}::integer as index`);
        const results = await Promise.allSettled(queries);
        return results.filter(({ status }) => status === 'rejected').length;
      })
      .toBe(0);
    expect(await database.sql`select number from numbers`).toEqual([]);
  }

  it('S29 refuses a transaction whose statement was in flight', async () => {
    const lost = database.transaction(async (sql) => {
      await sql`insert into numbers values (1)`;
      const pid = await pidOf(sql);
      await Promise.all([sql`select pg_sleep(60)`, endConnection(pid)]);
    });
    await expect(lost).rejects.toThrow();
    await expectHealthy();
  });

  it('S29 sends nothing more of a transaction that lost its connection between two statements', async () => {
    const goOn = Promise.withResolvers<undefined>();
    const isPaused = Promise.withResolvers<number>();
    const late = Promise.withResolvers<unknown>();
    const lost = database.transaction(async (sql) => {
      await sql`insert into numbers values (1)`;
      isPaused.resolve(await pidOf(sql));
      await goOn.promise;
      try {
        await sql`insert into numbers values (2)`;
      } catch (error) {
        late.resolve(error);
        throw error;
      }
    });
    const refusal = expect(lost).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
    await endConnection(await isPaused.promise);
    await refusal;
    goOn.resolve(undefined);
    expect(await late.promise).toMatchObject({ message: 'The transaction is over.' });
    await expectHealthy();
  });

  it('S29 refuses a transaction that has nothing more to do when its connection is lost', async () => {
    const goOn = Promise.withResolvers<undefined>();
    const isPaused = Promise.withResolvers<number>();
    const lost = database.transaction(async (sql) => {
      await sql`insert into numbers values (1)`;
      isPaused.resolve(await pidOf(sql));
      await goOn.promise;
    });
    const refusal = expect(lost).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
    await endConnection(await isPaused.promise);
    await refusal;
    goOn.resolve(undefined);
    await expectHealthy();
  });

  it('S29 refuses a statement of better-auth, in a transaction and outside', async () => {
    const kysely = new Kysely<unknown>({ dialect: createKyselyDialect(database) });
    const sleep = statement`select pg_sleep(60)`.execute(kysely);
    const failure = expect(sleep).rejects.toThrow();
    const sleeper = () =>
      other.sql<
        { pid: number }[]
      >`select pid from pg_stat_activity where query like '%pg_sleep(60)%' and pid <> pg_backend_pid()`;
    await expect.poll(sleeper).toHaveLength(1);
    const [row] = await sleeper();
    await endConnection(row?.pid ?? 0);
    await failure;
    await expectHealthy();

    const lost = kysely.transaction().execute(async (transaction) => {
      await statement`insert into numbers values (1)`.execute(transaction);
      const { rows } = await statement<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
      await endConnection(rows[0]?.pid ?? 0);
      await statement`insert into numbers values (2)`.execute(transaction);
    });
    await expect(lost).rejects.toThrow();
    await expectHealthy();
  });
});

describe('a transaction of better-auth', { timeout: 30_000 }, () => {
  let server: Awaited<ReturnType<typeof createServerDatabase>>;
  let database: Database;

  beforeAll(async () => {
    server = await createServerDatabase(inject('postgresUrl'));
    database = await openDatabase({ databaseUrl: server.url, dataDir: '' }, systemClock, recordLog().logger);
    await database.sql`create table numbers (number integer primary key)`;
  });

  afterAll(async () => {
    await database.dispose();
    await server.drop();
  });

  it('S10 commits all of it or nothing', async () => {
    const kysely = new Kysely<unknown>({ dialect: createKyselyDialect(database) });
    await kysely.transaction().execute(async (transaction) => {
      await statement`insert into numbers values (1)`.execute(transaction);
      await statement`insert into numbers values (${2})`.execute(transaction);
    });
    const failing = kysely.transaction().execute(async (transaction) => {
      await statement`insert into numbers values (3)`.execute(transaction);
      await statement`insert into numbers values (1)`.execute(transaction);
    });
    await expect(failing).rejects.toMatchObject({ code: '23505' });
    expect(await database.sql`select number from numbers order by number`).toEqual([{ number: 1 }, { number: 2 }]);
  });
});
