import { z, type ZodMiniType } from 'zod/mini';
import { errorCodeSchema, TrolleyError } from '@trolley/shared/protocol';

const requestTimeoutMs = 15_000;

interface ApiRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
}

const failureSchema = z.object({
  success: z.literal(false),
  error: z.object({ code: errorCodeSchema, message: z.string(), details: z.optional(z.unknown()) }),
});

/**
 * Calls `/api/v1` and returns the `data` of its envelope. Rejects with a `TrolleyError`: the api's own code, `unavailable` when nothing came
 * back, `internal` when what came back is no envelope.
 */
export async function callApi<T>(schema: ZodMiniType<T>, path: string, request: ApiRequest = {}): Promise<T> {
  const response = await send(`/api/v1${path}`, request);
  const body = await readJson(response);
  const success = z.object({ success: z.literal(true), data: schema }).safeParse(body);
  if (success.success) return success.data.data;
  const failure = failureSchema.safeParse(body);
  if (!failure.success) {
    const code = response.status >= 500 ? 'unavailable' : 'internal';
    throw new TrolleyError(code, `no envelope in the answer to ${path}`, { details: { status: response.status } });
  }
  const { code, message, details } = failure.data.error;
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
