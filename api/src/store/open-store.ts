import type { Clock } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import { openDatabase, type Database, type DatabaseLocation } from './database.ts';
import { migrate } from './migrate.ts';
import { StoreUnusableError } from './store-unusable-error.ts';

/**
 * Opens the database and brings its tables up to date.
 *
 * @throws StoreUnusableError when another process has the data directory, or when the server can't be reached or lets nobody in.
 */
export async function openStore(location: DatabaseLocation, clock: Clock, logger: Logger): Promise<Database> {
  const database = await openDatabase(location, clock, logger);
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await database.dispose();
    throw location.databaseUrl === null ? error : explainUnusable(error, new URL(location.databaseUrl));
  }
}

/** Postgres' codes for who may not connect, or not to that database. */
const refusals = new Set(['28000', '28P01', '3D000', '42501']);

/** What a server's refusal means to whoever runs us; anything else comes back as it is. The address is told without its password. */
export function explainUnusable(error: unknown, url: URL): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error;
  const isUnreachable = /^(E[A-Z]+|CONNECT[A-Z_]*)$/.test(error.code);
  if (!isUnreachable && !refusals.has(error.code)) return error;
  const reason = error.message === '' ? error.code : error.message;
  return new StoreUnusableError(`The database at ${url.host}${url.pathname} can't be used: ${reason}`, {
    cause: error,
  });
}
