import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import postgres, { type Options, type PostgresType, type Sql, type TransactionSql } from 'postgres';
import { startEmbeddedDatabase } from './embedded/embedded-database.ts';
import { defaultMaintenance, startMaintenance } from './embedded/maintenance.ts';
import { runTransaction } from './run-transaction.ts';

/** The tables' one door: embedded or a server, it is the same driver and the same SQL. */
export interface Database {
  /**
   * For single statements. Reading it inside `transaction` throws: on the embedded database's only connection the statement would wait for
   * the transaction, and the transaction for the statement.
   */
  readonly sql: Sql;
  /** Commits what `work` did, or nothing if it throws. Keep it short, and await nothing in it but its own statements. */
  transaction<T>(work: (sql: TransactionSql) => Promise<T>): Promise<T>;
  dispose(): Promise<void>;
}

export interface DatabaseLocation {
  /** A Postgres server; null for the embedded database. */
  databaseUrl: string | null;
  /** Directory of the embedded database. */
  dataDir: string;
}

/** Opens the database. Its tables are not made here: see `migrate`. */
export async function openDatabase(
  { databaseUrl, dataDir }: DatabaseLocation,
  clock: Clock,
  logger: Logger,
): Promise<Database> {
  return databaseUrl === null
    ? openEmbedded(dataDir, clock, logger)
    : connectDatabase(postgres(databaseUrl, { ...commonOptions(logger), ...serverOptions }));
}

async function openEmbedded(dataDir: string, clock: Clock, logger: Logger): Promise<Database> {
  const embedded = await startEmbeddedDatabase(dataDir, clock, logger);
  const sql = postgres({ ...commonOptions(logger), ...embeddedOptions, path: embedded.socketPath });
  const stopMaintenance = startMaintenance(sql, clock, defaultMaintenance, (error) => {
    logger.error({ err: error }, 'maintenance of the embedded database failed');
  });
  return connectDatabase(sql, async () => {
    await stopMaintenance();
    await sql.end({ timeout: 5 });
    await embedded.dispose();
  });
}

function connectDatabase(sql: Sql, dispose = (): Promise<void> => sql.end({ timeout: 5 })): Database {
  const openTransaction = new AsyncLocalStorage<true>();
  return {
    get sql() {
      if (openTransaction.getStore() === true)
        throw new Error('Inside a transaction, use the transaction it gave you.');
      return sql;
    },
    transaction: (work) => {
      if (openTransaction.getStore() === true)
        throw new Error('A transaction inside a transaction would wait for itself.');
      return openTransaction.run(true, () => runTransaction(sql, work));
    },
    dispose,
  };
}

/** What every connection of ours has. */
export function commonOptions(logger: Logger): Options<Record<string, PostgresType>> {
  return {
    // Statements, never their values. Only on demand: for its sake the driver records a stack with each query.
    ...(logger.isLevelEnabled('trace')
      ? {
          debug: (_connection: number, query: string) => {
            logger.trace({ query }, 'database statement');
          },
        }
      : {}),
    connect_timeout: 5,
    onnotice: (notice) => {
      logger.debug({ notice: notice['message'] }, 'database notice');
    },
  };
}

const serverOptions: Options<Record<string, PostgresType>> = {
  max: 10,
  // Nothing we run takes a tenth of this; what does is stuck, and holds locks that others wait for.
  connection: {
    application_name: 'trolley',
    statement_timeout: 10_000,
    idle_in_transaction_session_timeout: 10_000,
    lock_timeout: 5_000,
  },
};

/** One connection, for ever: the embedded database is one session, and a second client is refused. */
const embeddedOptions: Options<Record<string, PostgresType>> = {
  database: 'postgres',
  username: 'postgres',
  max: 1,
  idle_timeout: 0,
  max_lifetime: null,
};
