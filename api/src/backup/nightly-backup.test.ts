import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@trolley/shared/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installationSecret } from '../auth/installation-secret.ts';
import { openStore } from '../store/open-store.ts';
import type { Database } from '../store/database.ts';
import { recordLog } from '../testing/log-lines.ts';
import { temporaryDataDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts';
import { writeNightlyBackup } from './nightly-backup.ts';
import { verifyBackup } from './read-backup.ts';

const dayMs = 24 * 60 * 60 * 1_000;
const firstNightMs = Date.UTC(2027, 1, 25, 3);

describe("the night's backup", { timeout: 30_000 }, () => {
  let directory: TemporaryDirectory;
  let database: Database;
  let folder: string;

  beforeEach(async () => {
    directory = await temporaryDataDirectory();
    folder = join(directory.path, 'backups');
    database = await openStore({ databaseUrl: null, dataDir: directory.path }, systemClock, recordLog().logger);
  }, 60_000);

  afterEach(async () => {
    await database.dispose();
    directory.remove();
  });

  const write = (nights: number) =>
    writeNightlyBackup(database, directory.path, new Date(firstNightMs + nights * dayMs));

  it('S52 is kept for a week, beside whatever else is in its folder', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'trolley-of-my-own.ndjson.gz'), 'mine');
    for (let night = 0; night < 9; night += 1) await write(night);
    const days = ['02-27', '02-28', '03-01', '03-02', '03-03', '03-04', '03-05'];
    const names = days.map((day) => `trolley-2027-${day}.ndjson.gz`);
    expect(readdirSync(folder).toSorted()).toEqual([...names, 'trolley-of-my-own.ndjson.gz']);
  });

  it('S52 is whole, has what sessions are signed with, and is for nobody else to read', async () => {
    const secret = installationSecret(directory.path);
    await write(0);
    const path = join(folder, 'trolley-2027-02-25.ndjson.gz');
    expect((await verifyBackup(path)).header).toMatchObject({ authSecret: secret });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('S52 takes the place of an earlier one of the day only when it is whole', async () => {
    await write(0);
    const path = join(folder, 'trolley-2027-02-25.ndjson.gz');
    const first = readFileSync(path);
    const gone = { ...database, transaction: () => Promise.reject(new Error('the store is gone')) };
    await expect(writeNightlyBackup(gone, directory.path, new Date(firstNightMs))).rejects.toThrow('the store is gone');
    expect(readFileSync(path)).toEqual(first);
    await database.sql`insert into "verification" (id, identifier, value, "expiresAt") values ('v', 'i', 'x', now())`;
    await write(0);
    expect(readFileSync(path).equals(first)).toBe(false);
    expect(readdirSync(folder)).toHaveLength(1);
  });
});
