import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@trolley/shared/protocol';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { fillStore } from '../testing/busy-store.ts';
import { startLogHarness } from '../testing/log-harness.ts';
import { recordLog } from '../testing/log-lines.ts';
import { createServerDatabase } from '../testing/server-database.ts';
import { readContents } from '../testing/store-contents.ts';
import { temporaryDataDirectory, temporaryDirectory } from '../testing/temporary-directory.ts';
import type { DatabaseLocation } from '../store/database.ts';
import { readLogId } from '../store/log-id.ts';
import { openStore } from '../store/open-store.ts';
import { withStore } from '../store/with-store.ts';
import { verifyBackup } from './read-backup.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

const takenAt = new Date('2027-06-01T03:00:00.000Z');
const { logger } = recordLog();
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const locate: Record<string, () => Promise<DatabaseLocation>> = {
  embedded: async () => {
    const directory = await temporaryDataDirectory();
    cleanups.push(directory.remove);
    return { databaseUrl: null, dataDir: directory.path };
  },
  server: async () => {
    const { url, drop } = await createServerDatabase(inject('postgresUrl'));
    cleanups.push(drop);
    return { databaseUrl: url, dataDir: '' };
  },
};

function backupPath(): string {
  const directory = temporaryDirectory();
  cleanups.push(directory.remove);
  return join(directory.path, 'backup.ndjson.gz');
}

describe('a backup', () => {
  it.each([
    ['embedded', 'embedded'],
    ['embedded', 'server'],
    ['server', 'embedded'],
    ['server', 'server'],
  ])('S50 moves all that a store holds: %s to %s', async (from, to) => {
    const [source, target] = [await locate[from]?.(), await locate[to]?.()];
    if (source === undefined || target === undefined) throw new Error('There is no such database.');
    const path = backupPath();
    const harness = await startLogHarness(source.databaseUrl, source.dataDir);
    await fillStore(harness);
    const before = await readContents(harness.database);
    const logBefore = await readLogId(harness.database);
    await writeBackup(harness.database, path, { takenAt, authSecret: 'the secret' });
    await harness.dispose();
    expect(statSync(path).mode & 0o777).toBe(0o600);

    const restored = { isReplacing: false, now: new Date(), randomBytes };
    const backup = await verifyBackup(path);
    await withStore(target, logger, (database) => restoreBackup(database, backup, restored), { mayBegin: true });
    expect(backup.header).toMatchObject({ takenAt: takenAt.toISOString(), authSecret: 'the secret' });
    const database = await openStore(target, systemClock, logger);
    cleanups.push(() => database.dispose());
    const after = await readContents(database);
    expect(after).toEqual(before);
    expect(Object.values(before).filter((rows) => rows.length === 0)).toEqual([]);
    expect(await readLogId(database)).not.toBe(logBefore);
  });

  it('S50 is of one moment, and servers go on meanwhile', async () => {
    const { databaseUrl } = (await locate['server']?.()) ?? { databaseUrl: null };
    const path = backupPath();
    const harness = await startLogHarness(databaseUrl);
    cleanups.push(harness.dispose);
    await fillStore(harness);
    const before = await readContents(harness.database);
    const { sql } = harness.database;
    // The backup's transaction has its moment when it reads first; the table that it reads last is held back until then.
    const held = Promise.withResolvers<undefined>();
    const holding = Promise.withResolvers<undefined>();
    const holder = sql.begin(async (transaction) => {
      await transaction`lock table verification in access exclusive mode`;
      holding.resolve(undefined);
      await held.promise;
    });
    await holding.promise;
    const backup = writeBackup(harness.database, path, { takenAt, authSecret: null });
    const waits = () =>
      sql`select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
    await expect.poll(async () => (await waits()).length, { timeout: 10_000 }).toBe(1);
    await harness.createList(await harness.createUser());
    held.resolve(undefined);
    await holder;
    await backup;
    const target = await locate['server']?.();
    if (target === undefined) throw new Error('There is no such database.');
    await withStore(target, logger, async (database) => {
      await restoreBackup(database, await verifyBackup(path), { isReplacing: false, now: new Date(), randomBytes });
      expect(await readContents(database)).toEqual(before);
    });
  });

  it('S51 is not restored while a server is connected', async () => {
    const server = await locate['server']?.();
    if (server === undefined) throw new Error('There is no such database.');
    const path = backupPath();
    const harness = await startLogHarness(server.databaseUrl);
    await fillStore(harness);
    const before = await readContents(harness.database);
    await writeBackup(harness.database, path, { takenAt, authSecret: null });
    const replacing = { isReplacing: true, now: new Date(), randomBytes };
    const backup = await verifyBackup(path);
    const restore = () => withStore(server, logger, (database) => restoreBackup(database, backup, replacing));
    await expect(restore()).rejects.toThrow('Servers are connected to this database: stop them first.');
    expect(await readContents(harness.database)).toEqual(before);
    await harness.dispose();
    await expect(restore()).resolves.toBeUndefined();
  });
});
