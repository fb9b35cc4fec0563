import { systemClock } from '@trolley/shared/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordLog } from '../testing/log-lines.ts';
import { temporaryDataDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts';
import { openDatabase, type Database } from './database.ts';
import { migrate } from './migrate.ts';

describe('the migrations', { timeout: 30_000 }, () => {
  let directory: TemporaryDirectory;
  let database: Database;

  beforeAll(async () => {
    directory = await temporaryDataDirectory();
    database = await openDatabase({ databaseUrl: null, dataDir: directory.path }, systemClock, recordLog().logger);
  }, 60_000);

  afterAll(async () => {
    await database.dispose();
    directory.remove();
  });

  it('S14 run once each, in order, however often and from however many nodes they are started', async () => {
    await Promise.all([migrate(database), migrate(database)]);
    await migrate(database);
    const rows = await database.sql<{ name: string }[]>`select name from migrations order by applied_at, name`;
    expect(rows.map(({ name }) => name)).toEqual([
      '0001-accounts.sql',
      '0002-lists.sql',
      '0003-log.sql',
      '0004-append-updates.sql',
      '0005-store-identity.sql',
      '0006-epochs.sql',
      '0007-history.sql',
      '0010-expiry-indexes.sql',
      '0011-lost-documents.sql',
      '0012-passkeys.sql',
      '0013-member-cursors.sql',
      '0014-list-places.sql',
      '0015-restored-logs.sql',
      '0016-append-plan.sql',
      '0017-store-snapshot.sql',
      '0018-append-update.sql',
    ]);
  });

  it('S14 refuse a database that a newer version made', async () => {
    await database.sql`insert into migrations (name, checksum) values ('9999-future.sql', 'x')`;
    await expect(migrate(database)).rejects.toThrow('9999-future.sql');
    await database.sql`delete from migrations where name = '9999-future.sql'`;
  });

  it('S14 refuse a migration that was changed after it ran', async () => {
    await database.sql`update migrations set checksum = 'x' where name = '0002-lists.sql'`;
    await expect(migrate(database)).rejects.toThrow('0002-lists.sql was changed after it ran');
  });
});
