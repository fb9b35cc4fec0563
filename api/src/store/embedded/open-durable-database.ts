import { PGlite } from '@electric-sql/pglite';
import { DurableNodeFS } from './durable-node-fs.ts';

/**
 * Opens the cluster in `directory` so that a commit that returns is on the disk.
 *
 * @throws Error when commits turn out not to reach it: an upgrade of PGlite that drops our hook would otherwise lose durability unseen.
 */
export async function openDurableDatabase(directory: string): Promise<PGlite> {
  const files = new DurableNodeFS(directory);
  const database = await PGlite.create({ fs: files, startParams: durableStartParams() });
  await proveCommitsAreSynced(database, files);
  return database;
}

/** PGlite starts Postgres with fsync off (`-F`) and with more shared memory than one family fills. */
function durableStartParams(): string[] {
  return [
    ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
    ...['-c', 'wal_sync_method=fsync', '-c', 'shared_buffers=16MB'],
  ];
}

/** Commits something that needs no table and looks whether `files` was asked to sync. Throws when it was not. */
export async function proveCommitsAreSynced(
  database: Pick<PGlite, 'query'>,
  files: { readonly fsyncCount: number },
): Promise<void> {
  const before = files.fsyncCount;
  await database.query("select pg_logical_emit_message(true, 'trolley', 'is this commit synced?')");
  if (files.fsyncCount === before) throw new Error('The embedded database does not sync its commits to the disk.');
}
