import type { Logger } from 'pino';
import postgres, { type Sql } from 'postgres';
import { commonOptions, type Database } from './database.ts';

/** A way to the database for work that nobody waits for. */
export interface Lane {
  readonly sql: Sql;
  dispose(): Promise<void>;
}

/**
 * On a server a connection of its own, so that the work neither waits for requests nor keeps any waiting. The embedded database has one
 * connection, and this is that one.
 */
export function openLane(databaseUrl: string | null, database: Database, logger: Logger): Lane {
  if (databaseUrl === null) {
    return {
      get sql() {
        return database.sql;
      },
      dispose: () => Promise.resolve(),
    };
  }
  const sql = postgres(databaseUrl, {
    ...commonOptions(logger),
    max: 1,
    connection: { application_name: 'trolley jobs', statement_timeout: 60_000 },
  });
  return { sql, dispose: () => sql.end({ timeout: 5 }) };
}
