import * as v from 'valibot';
import { errorCodeSchema, TrolleyError } from '@trolley/shared/protocol';

const requestTimeoutMs = 15_000;

interface ApiRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
}

const failureSchema = v.object({
  success: v.literal(false),
  error: v.object({ code: errorCodeSchema, message: v.string(), details: v.optional(v.unknown()) }),
});

/**
 * Calls `/api/v1` and returns the `data` of its envelope. Rejects with a `TrolleyError`: the api's own code, `unavailable` when nothing came
 * back, `internal` when what came back is no envelope.
 */
export async function callApi<T>(
  schema: v.GenericSchema<unknown, T>,
  path: string,
  request: ApiRequest = {},
): Promise<T> {
  const response = await send(`/api/v1${path}`, request);
  const body = await readJson(response);
  const success = v.safeParse(v.object({ success: v.literal(true), data: schema }), body);
  if (success.success) return success.output.data;
  const failure = v.safeParse(failureSchema, body);
  if (!failure.success) {
    const code = response.status >= 500 ? 'unavailable' : 'internal';
    throw new TrolleyError(code, `no envelope from ${path}`, { details: { status: response.status } });
  }
  const { code, message, details } = failure.output.error;
  const retryAfterMs = readRetryAfter(response);
  throw new TrolleyError(code, message, { details, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
}

/** One request with the session's cookie. Rejects with `unavailable` when there is no answer in time. */
export async function send(path: string, { method = 'GET', body }: ApiRequest): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(requestTimeoutMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  } catch (cause) {
    throw new TrolleyError('unavailable', `no answer to ${path}`, { cause });
  }
}

/** The body as JSON, or null when it is none. */
export async function readJson(response: Response): Promise<unknown> {
  return response.json().catch(() => null);
}

function readRetryAfter(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}
