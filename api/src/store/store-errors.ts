import { TrolleyError } from '@trolley/shared/protocol';
import postgres from 'postgres';

/** Node's, postgres.js' and Postgres' own words for "there is no database to talk to". */
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'EPIPE',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  '53300',
  '57P01',
  '57P02',
  '57P03',
  '57P05',
]);
/** Deadlock, lost race, timeouts of a lock or statement: the same call can go through a moment later. */
const contended = new Set(['40001', '40P01', '55P03', '57014', '25P03']);

/**
 * What a failure of the store means to callers: `unavailable` when it could not be reached (nothing is known about what it did then), `busy`
 * when it gave up under load. Anything else comes back as it is: it is a refusal already, or a defect.
 */
export function describeStoreError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string' || error instanceof TrolleyError) return error;
  if (unreachable.has(code) || code.startsWith('08')) {
    return new TrolleyError('unavailable', 'The store could not be reached.', { cause: error });
  }
  if (contended.has(code)) return new TrolleyError('busy', 'The store is busy.', { cause: error });
  return error;
}

/** Whether a statement failed because another row has the same unique value. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.code === '23505';
}
