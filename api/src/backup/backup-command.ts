import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ConfigError } from '@trolley/shared/process';
import type { RandomBytes } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import { adoptInstallationSecret, readInstallationSecret } from '../auth/installation-secret.ts';
import type { DatabaseLocation } from '../store/database.ts';
import { withStore } from '../store/with-store.ts';
import { verifyBackup } from './read-backup.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

/** What the commands need of the machine. */
export interface CommandParts {
  location: DatabaseLocation;
  now: Date;
  randomBytes: RandomBytes;
  logger: Logger;
  write: (line: string) => void;
}

/**
 * `npm run backup -- <file>`: writes all that the store holds to a file. Beside servers on Postgres; the embedded database must not be in use.
 *
 * @throws ConfigError when the words make no sense, the file is there, or the store can't be had.
 */
export async function runBackupCommand(words: readonly string[], parts: CommandParts): Promise<void> {
  const [path, ...rest] = words;
  if (path === undefined || path.startsWith('-') || rest.length > 0)
    throw new ConfigError('usage: npm run backup -- <file>');
  const { location, now, write } = parts;
  const target = resolve(path);
  if (existsSync(target)) throw new ConfigError(`${target} is there already.`);
  mkdirSync(dirname(target), { recursive: true });
  const authSecret = location.databaseUrl === null ? readInstallationSecret(location.dataDir) : null;
  const { rows } = await withStore(location, parts.logger, (database) =>
    writeBackup(database, target, { takenAt: now, authSecret }),
  );
  write(
    `${target} holds ${rows['lists'] ?? 0} lists and ${rows['user'] ?? 0} accounts. It is as secret as the server itself.`,
  );
  if (authSecret === null) write('Keep AUTH_SECRET too: without it everybody is signed out.');
}

/**
 * `npm run restore -- <file> [--replace]`: gives a store what a backup holds, as a whole or not at all. No server may run on it.
 *
 * @throws ConfigError when the words make no sense, the file is no whole backup, the store is in use, or holds data and `--replace` was not said.
 */
export async function runRestoreCommand(words: readonly string[], parts: CommandParts): Promise<void> {
  const isReplacing = words.includes('--replace');
  const [path, ...rest] = words.filter((word) => word !== '--replace');
  if (path === undefined || path.startsWith('-') || rest.length > 0) {
    throw new ConfigError('usage: npm run restore -- <file> [--replace]');
  }
  const { location, now, randomBytes, write } = parts;
  // Before a store is opened, or even made, for it.
  const backup = await verifyBackup(resolve(path));
  await withStore(
    location,
    parts.logger,
    (database) => restoreBackup(database, backup, { isReplacing, now, randomBytes }),
    { mayBegin: true },
  );
  write(
    `Restored as it was at ${backup.header.takenAt}. What phones have made since then, they bring back when they connect.`,
  );
  for (const line of keepSecret(backup.header.authSecret, location, backup.path)) write(line);
}

/** Sessions are good for nothing without what they were signed with. Answers what is to be told of it. */
function keepSecret(secret: string | null, { databaseUrl, dataDir }: DatabaseLocation, backupPath: string): string[] {
  if (secret === null)
    return ['Sessions go on under the AUTH_SECRET that the servers had: under another, everybody is signed out.'];
  if (databaseUrl === null) {
    adoptInstallationSecret(dataDir, secret);
    return [];
  }
  const path = `${backupPath}.auth-secret`;
  writeFileSync(path, secret, { mode: 0o600 });
  return [`The servers need as AUTH_SECRET what is in ${path}: under another, everybody is signed out.`];
}
