import { systemClock } from '@trolley/shared/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordLog } from '../testing/log-lines.ts';
import { temporaryDataDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts';
import { openDatabase, type Database } from './database.ts';

describe('the database', { timeout: 30_000 }, () => {
  let directory: TemporaryDirectory;
  let database: Database;

  beforeAll(async () => {
    directory = await temporaryDataDirectory();
    database = await openDatabase({ databaseUrl: null, dataDir: directory.path }, systemClock, recordLog().logger);
    await database.sql`create table numbers (number integer primary key)`;
  }, 60_000);

  afterAll(async () => {
    await database.dispose();
    directory.remove();
  });

  it('S10 refuses the outer door inside a transaction, where it would wait for itself, and rolls back', async () => {
    const nested = database.transaction(async (sql) => {
      await sql`insert into numbers values (1)`;
      await database.sql`insert into numbers values (2)`;
    });
    await expect(nested).rejects.toThrow('Inside a transaction, use the transaction it gave you.');
    expect(await database.sql`select number from numbers`).toEqual([]);
  });

  it('S10 refuses a transaction inside a transaction', async () => {
    const nested = database.transaction(() => database.transaction(() => Promise.resolve(1)));
    await expect(nested).rejects.toThrow('A transaction inside a transaction would wait for itself.');
  });

  it('S10 keeps transactions that run at once apart', async () => {
    const addUp = (from: number) =>
      database.transaction(async (sql) => {
        await sql`insert into numbers values (${from})`;
        await sql`insert into numbers values (${from + 1})`;
        return from;
      });
    const results = await Promise.allSettled([addUp(10), addUp(11), addUp(20), database.sql`select 1`]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    const rows = await database.sql<{ number: number }[]>`select number from numbers order by number`;
    expect(rows.map(({ number }) => number)).toEqual([10, 11, 20, 21]);
  });
});
