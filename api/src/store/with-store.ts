import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import { openDatabase, type Database, type DatabaseLocation } from './database.ts';
import { explainUnusable } from './open-store.ts';
import { StoreUnusableError } from './store-unusable-error.ts';

/**
 * Opens a store, as it is, for a command that runs beside the servers, does its work and closes it. An embedded one is only made where
 * `mayBegin` says so.
 *
 * @throws StoreUnusableError when there is none or it can't be reached, or while a server runs on the embedded one.
 */
export async function withStore<T>(
  location: DatabaseLocation,
  logger: Logger,
  work: (database: Database) => Promise<T>,
  { mayBegin = false }: { mayBegin?: boolean } = {},
): Promise<T> {
  const { databaseUrl, dataDir } = location;
  if (databaseUrl === null && !mayBegin && !existsSync(join(dataDir, 'postgres'))) {
    throw new StoreUnusableError(`There is no data in ${dataDir}. DATA_DIR or DATABASE_URL say where it is.`);
  }
  const database = await openDatabase(location, systemClock, logger).catch((error: unknown) => {
    if (!(error instanceof StoreUnusableError)) throw error;
    throw new StoreUnusableError(`${error.message} Stop the server first: its database takes one at a time.`);
  });
  try {
    return await work(database);
  } catch (error) {
    throw databaseUrl === null ? error : explainUnusable(error, new URL(databaseUrl));
  } finally {
    await database.dispose();
  }
}
