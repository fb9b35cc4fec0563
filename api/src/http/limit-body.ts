import { bodyLimit } from 'hono/body-limit';
import { TrolleyError } from '@trolley/shared/protocol';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './app-env.ts';

const pushPath = /^\/api\/v1\/lists\/[^/]+\/updates$/;

/** Refuses a body before it is read: a push may be a whole document as base64 in JSON, everything else is a few fields. */
export function limitBody(): MiddlewareHandler<AppEnv> {
  const forPush = limit(1_500_000);
  const forFields = limit(16 * 1024);
  return (c, next) => (pushPath.test(c.req.path) ? forPush(c, next) : forFields(c, next));
}

function limit(maxBytes: number): MiddlewareHandler<AppEnv> {
  return bodyLimit({
    maxSize: maxBytes,
    onError: () => {
      throw new TrolleyError('too-large', `The body has more than ${maxBytes} bytes.`);
    },
  });
}
