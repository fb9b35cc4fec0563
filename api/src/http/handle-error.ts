import { HTTPException } from 'hono/http-exception';
import { errorTable, toWireError, TrolleyError, type Clock, type ErrorCode } from '@trolley/shared/protocol';
import type { Logger } from 'pino';
import { describeStoreError } from '../store/store-errors.ts';
import type { AppContext } from './app-env.ts';
import type { Failure } from './envelope.ts';

/** Hono's own refusals, by their status. What is not here is a defect. */
const codeOfStatus: Partial<Record<number, ErrorCode>> = { 400: 'bad-request', 404: 'not-found', 413: 'too-large' };

/** The one place where anything thrown becomes an answer. Only defects are logged as errors, and nothing of them is told outside. */
export function handleError(logger: Logger, clock: Clock): (error: Error, c: AppContext) => Response {
  return (thrown, c) => {
    const error = describe(thrown);
    const wire = toWireError(error);
    const { status } = errorTable[wire.code];
    if (status >= 500) logger.error({ err: error, requestId: c.var.requestId }, 'request failed');
    const failure: Failure = {
      success: false,
      error: { code: wire.code, message: wire.message, details: detailsOf(error) },
      timestamp: new Date(clock.nowMs()).toISOString(),
    };
    if (wire.retryAfterMs !== undefined) c.header('Retry-After', String(Math.ceil(wire.retryAfterMs / 1000)));
    return c.json(failure, status);
  };
}

function describe(error: Error): unknown {
  if (!(error instanceof HTTPException)) return describeStoreError(error);
  const code = codeOfStatus[error.status];
  return code === undefined ? error : new TrolleyError(code, error.message, { cause: error });
}

function detailsOf(error: unknown): unknown {
  if (!(error instanceof TrolleyError)) return null;
  return error.details ?? (error.retryAfterMs === undefined ? null : { retryAfterMs: error.retryAfterMs });
}
