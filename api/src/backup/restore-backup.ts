import type { RandomBytes } from '@trolley/shared/protocol';
import type { TransactionSql } from 'postgres';
import { markRestored } from '../log/mark-restored.ts';
import type { Database } from '../store/database.ts';
import { applyMigrations, lockMigrations, readMigrations, type Migration } from '../store/migrate.ts';
import { BackupUnusableError, type BackupHeader } from './backup-format.ts';
import { dropEverything, hasRows, hasTables } from './empty-store.ts';
import { insertRows } from './insert-rows.ts';
import { readBackup, type VerifiedBackup } from './read-backup.ts';

export interface RestoreOptions {
  /** Whether what the store holds may be lost. */
  isReplacing: boolean;
  now: Date;
  randomBytes: RandomBytes;
}

/**
 * Gives a store what a backup holds, and nothing else, in one transaction: it is done as a whole or not at all. The tables are made by the
 * migrations that the backup was made under, and then brought to what this version expects. Phones learn from the log's new name that it was restored.
 *
 * @throws BackupUnusableError when the backup is of another version, when servers are connected, and when the store may not be replaced.
 */
export async function restoreBackup(
  database: Database,
  backup: VerifiedBackup,
  options: RestoreOptions,
): Promise<void> {
  const migrations = await readMigrations();
  const known = chooseMigrations(backup.header, migrations);
  await database.transaction(async (sql) => {
    await sql`set local statement_timeout = 0`;
    await sql`set local idle_in_transaction_session_timeout = 0`;
    await lockMigrations(sql);
    await refuseServers(sql);
    await makeRoom(sql, migrations, options.isReplacing);
    await applyMigrations(sql, known);
    await insertRows(sql, readBackup(backup.path));
    await applyMigrations(sql, migrations);
    await markRestored(sql, options.now, options.randomBytes);
  });
}

/** The migrations that the backup was made under. */
function chooseMigrations(header: BackupHeader, migrations: readonly Migration[]): Migration[] {
  return header.migrations.map(({ name, checksum }) => {
    const migration = migrations.find((candidate) => candidate.name === name && candidate.checksum === checksum);
    if (migration !== undefined) return migration;
    throw new BackupUnusableError(`The backup was made by another version of Trolley: this one does not know ${name}.`);
  });
}

async function refuseServers(sql: TransactionSql): Promise<void> {
  const servers = await sql`
    select from pg_stat_activity
    where datname = current_database() and application_name like 'trolley%' and pid <> pg_backend_pid()`;
  if (servers.length > 0) throw new BackupUnusableError('Servers are connected to this database: stop them first.');
}

async function makeRoom(sql: TransactionSql, migrations: readonly Migration[], isReplacing: boolean): Promise<void> {
  if (!(await hasTables(sql))) return;
  await applyMigrations(sql, migrations);
  if (!isReplacing && (await hasRows(sql))) {
    throw new BackupUnusableError(
      'There is data in this store. With --replace it is lost, and the backup takes its place.',
    );
  }
  await dropEverything(sql, migrations);
}
