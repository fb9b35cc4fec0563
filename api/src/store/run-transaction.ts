import type { Sql, TransactionSql } from 'postgres';

/** What the driver's queries reject with when their connection is gone or about to be: its `close` has come or is on its way. */
const lossCodes = new Set(['CONNECTION_CLOSED', 'ECONNRESET', 'EPIPE']);

/**
 * `sql.begin`, safe against a connection that is lost half-way. postgres.js 3.4.9 then sends the rollback, and whatever else the work still
 * asks for, to the lost connection: that ends the process with an uncaught TypeError, or, once the driver has reconnected, runs the rest of
 * the work outside its transaction (its issues 1208 and 1216). So after a loss nothing more is sent: the work's statements throw, and the
 * driver is not told that the work has ended, which is what makes it commit or roll back. The server has rolled back by itself.
 */
export async function runTransaction<T>(sql: Sql, work: (sql: TransactionSql) => Promise<T>): Promise<T> {
  const state = { isOver: false };
  let answer: { value: T } | undefined;
  try {
    await sql.begin(async (transaction) => {
      try {
        answer = { value: await work(guard(transaction, state)) };
      } catch (error) {
        if (state.isOver || isConnectionLoss(error)) await untilTheDriverNotices;
        throw error;
      }
      if (state.isOver) await untilTheDriverNotices;
    });
  } finally {
    state.isOver = true;
  }
  if (answer === undefined) throw new Error('The transaction ended without its work.');
  return answer.value;
}

/** Never settles, and holds nothing: the driver rejects `begin` by itself when it sees the connection close. */
const untilTheDriverNotices = new Promise<never>(() => undefined);

function guard(transaction: TransactionSql, state: { readonly isOver: boolean }): TransactionSql {
  const refuseWhenOver = (): void => {
    if (state.isOver) throw new Error('The transaction is over.');
  };
  return new Proxy(transaction, {
    apply: (target, self, parameters): unknown => {
      refuseWhenOver();
      return Reflect.apply(target, self, parameters);
    },
    get: (target, property): unknown => {
      refuseWhenOver();
      return Reflect.get(target, property);
    },
  });
}

function isConnectionLoss(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && lossCodes.has(error.code);
}
