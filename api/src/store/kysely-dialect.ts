import {
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import type { SerializableParameter, TransactionSql } from 'postgres';
import type { Database } from './database.ts';

/**
 * Kysely, which better-auth speaks, over our own door to the database. Its ready-made dialect for postgres.js reserves a connection for each
 * query, and gives back one that was lost in the meantime, on which the driver then ends the process (see `runTransaction`).
 */
export function createKyselyDialect(database: Database): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DatabaseDriver(database),
    createIntrospector: (kysely) => new PostgresIntrospector(kysely),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

class DatabaseDriver implements Driver {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async init(): Promise<void> {
    // The database is open already.
  }

  acquireConnection(): Promise<StoreConnection> {
    return Promise.resolve(new StoreConnection(this.#database));
  }

  beginTransaction(connection: StoreConnection): Promise<void> {
    return connection.begin();
  }

  commitTransaction(connection: StoreConnection): Promise<void> {
    return connection.end('commit');
  }

  rollbackTransaction(connection: StoreConnection): Promise<void> {
    return connection.end('rollback');
  }

  async releaseConnection(): Promise<void> {
    // It holds none unless it is in a transaction, which has ended by now.
  }

  async destroy(): Promise<void> {
    // Whoever opened the database disposes of it.
  }
}

interface OpenTransaction {
  sql: TransactionSql;
  /** Lets the transaction's work end, well or not. */
  settle: PromiseWithResolvers<undefined>;
  done: Promise<void>;
}

class StoreConnection implements DatabaseConnection {
  readonly #database: Database;
  #open: OpenTransaction | null = null;

  constructor(database: Database) {
    this.#database = database;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const sql = this.#open?.sql ?? this.#database.sql;
    const rows = await sql.unsafe<R[]>(query.sql, query.parameters.map(toParameter), { prepare: true });
    return { rows: [...rows], numAffectedRows: BigInt(rows.count) };
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('Nothing here reads rows as a stream.');
  }

  async begin(): Promise<void> {
    const opened = Promise.withResolvers<TransactionSql>();
    const settle = Promise.withResolvers<undefined>();
    const done = this.#database.transaction(async (sql) => {
      opened.resolve(sql);
      await settle.promise;
    });
    done.catch(opened.reject);
    this.#open = { sql: await opened.promise, settle, done };
  }

  async end(how: 'commit' | 'rollback'): Promise<void> {
    const open = this.#open;
    if (open === null) throw new Error('There is no transaction to end.');
    this.#open = null;
    if (how === 'commit') {
      open.settle.resolve(undefined);
      await open.done;
    } else {
      const wanted = new Error('rolled back');
      open.settle.reject(wanted);
      await open.done.catch((error: unknown) => {
        if (error !== wanted) throw error;
      });
    }
  }
}

function toParameter(value: unknown): SerializableParameter | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Date || value instanceof Uint8Array) return value;
  throw new TypeError(`A parameter of type ${typeof value} has no place in a statement.`);
}
