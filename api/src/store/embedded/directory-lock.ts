import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreUnusableError } from '../store-unusable-error.ts';

/**
 * Takes the directory for this process and returns how to give it back. The embedded database has no lock of its own: two processes
 * that open one directory silently lose each other's rows. The lock is SQLite's on an empty file, a lock of the kernel, so that a
 * process killed with -9 leaves nothing stale and containers that share a volume see each other.
 *
 * @throws StoreUnusableError when another process, or another database of this one, has it.
 */
export function lockDirectory(directory: string): () => void {
  const holder = new DatabaseSync(join(directory, 'lock'), { timeout: 0 });
  try {
    holder.exec('pragma journal_mode = memory; pragma locking_mode = exclusive; begin exclusive');
  } catch (error) {
    holder.close();
    if (isBusy(error)) throw new StoreUnusableError(`The data directory ${directory} is in use by another process.`);
    throw error;
  }
  return () => {
    holder.close();
  };
}

const sqliteBusy = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
}
