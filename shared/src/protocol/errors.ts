import * as v from 'valibot';

export const errorCodes = [
  'bad-request',
  'unauthenticated',
  'forbidden',
  'not-found',
  'already-exists',
  'last-owner',
  'epoch-ahead',
  'invite-expired',
  'invite-used-up',
  'invite-revoked',
  'too-large',
  'update-rejected',
  'rate-limited',
  'internal',
  'busy',
  'unavailable',
] as const;

export type ErrorCode = (typeof errorCodes)[number];
type ErrorStatus = 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 500 | 503;

/**
 * The closed table of everything that can be refused. `status` is its one HTTP status; `isRetryable` says whether the same call
 * can succeed later without anybody changing anything. The screen maps codes to sentences (web/messages), the wire carries codes.
 */
export const errorTable: Record<ErrorCode, { status: ErrorStatus; isRetryable: boolean }> = {
  'bad-request': { status: 400, isRetryable: false },
  unauthenticated: { status: 401, isRetryable: false },
  forbidden: { status: 403, isRetryable: false },
  'not-found': { status: 404, isRetryable: false },
  'already-exists': { status: 409, isRetryable: false },
  'last-owner': { status: 409, isRetryable: false },
  'epoch-ahead': { status: 409, isRetryable: false },
  'invite-expired': { status: 410, isRetryable: false },
  'invite-used-up': { status: 410, isRetryable: false },
  'invite-revoked': { status: 410, isRetryable: false },
  'too-large': { status: 413, isRetryable: false },
  'update-rejected': { status: 422, isRetryable: false },
  'rate-limited': { status: 429, isRetryable: true },
  internal: { status: 500, isRetryable: true },
  busy: { status: 503, isRetryable: true },
  unavailable: { status: 503, isRetryable: true },
};

export const errorCodeSchema = v.picklist(errorCodes);

/** What crosses the wire of an error. `message` is for developers, in English; people are shown a sentence chosen by `code`. */
export const wireErrorSchema = v.object({
  code: errorCodeSchema,
  message: v.string(),
  retryAfterMs: v.optional(v.pipe(v.number(), v.finite())),
});
export type WireError = v.InferOutput<typeof wireErrorSchema>;

/** A refusal with a code. Anything else that is thrown is a defect and reaches the outside as `internal`. */
export class TrolleyError extends Error {
  override readonly name = 'TrolleyError';
  readonly code: ErrorCode;
  /** Structured detail for the caller, such as which field was wrong. Never a secret, never another person's data. */
  readonly details: unknown;
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { details?: unknown; retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.details = options.details;
    this.retryAfterMs = options.retryAfterMs;
  }

  get isRetryable(): boolean {
    return errorTable[this.code].isRetryable;
  }

  toWire(): WireError {
    return {
      code: this.code,
      message: this.message,
      ...(this.retryAfterMs === undefined ? {} : { retryAfterMs: this.retryAfterMs }),
    };
  }
}

/** Turns anything thrown into what may be told outside: a `TrolleyError` as it is, everything else as a bare `internal`. */
export function toWireError(error: unknown): WireError {
  return error instanceof TrolleyError
    ? error.toWire()
    : { code: 'internal', message: 'Something went wrong on our side.' };
}
