import { OpenAPIHono } from '@hono/zod-openapi';
import { TrolleyError } from '@trolley/shared/protocol';
import type { AppEnv } from './app-env.ts';

export type Router = OpenAPIHono<AppEnv>;

/** A room's routes. Input that its schema refuses is a `bad-request` that names the fields, and reaches no handler. */
export function createRouter(): Router {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      const details = result.error.issues.map((issue) => ({ field: issue.path.join('.'), problem: issue.message }));
      throw new TrolleyError('bad-request', `The ${result.target} is not as described.`, { details });
    },
  });
}
