import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readInstallationSecret } from '../auth/installation-secret.ts';
import type { Database } from '../store/database.ts';
import { writeBackup } from './write-backup.ts';

/** A week: time to notice that something is wrong. */
const keptBackups = 7;
const namePattern = /^trolley-\d{4}-\d{2}-\d{2}\.ndjson\.gz$/;

/**
 * Writes the day's backup of the store in `dataDir` into its folder `backups`, in the place of an earlier one of that day, and removes all but
 * the last seven. None is removed before the new one is whole. Other files in the folder are left alone.
 */
export async function writeNightlyBackup(database: Database, dataDir: string, now: Date): Promise<void> {
  const folder = join(dataDir, 'backups');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = `trolley-${now.toISOString().slice(0, 10)}.ndjson.gz`;
  await writeBackup(database, join(folder, name), { takenAt: now, authSecret: readInstallationSecret(dataDir) });
  const backups = readdirSync(folder).filter((file) => namePattern.test(file));
  for (const old of backups.toSorted().slice(0, -keptBackups)) rmSync(join(folder, old));
}
