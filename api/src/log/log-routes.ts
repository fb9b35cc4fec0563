import { createRoute, z } from '@hono/zod-openapi';
import { limits, TrolleyError } from '@trolley/shared/protocol';
import type { AppDependencies } from '../app-dependencies.ts';
import { createRouter, type Router } from '../http/create-router.ts';
import { responses, succeed } from '../http/envelope.ts';
import { counterSchema, listIdSchema, roleSchema } from '../http/fields.ts';

const params = z.object({ list: listIdSchema });
const tags = ['updates'];
const maxBase64Length = Math.ceil(limits.maxSnapshotBytes / 3) * 4;
const bytesSchema = z.base64().max(maxBase64Length).openapi({ description: 'A Yjs update (V1), base64' });

const pushSchema = z
  .object({
    epoch: counterSchema,
    update: bytesSchema,
    isBulk: z
      .boolean()
      .optional()
      .openapi({ description: 'A whole document, or an edit of very many items: it may be larger' }),
  })
  .openapi('Push');

const getUpdates = createRoute({
  method: 'get',
  path: '/lists/{list}/updates',
  tags,
  summary: 'Pull: what I am missing after `cursor`',
  request: {
    params,
    query: z.object({
      epoch: z.coerce.number().pipe(counterSchema).default(0),
      cursor: z.coerce.number().pipe(counterSchema).default(0),
    }),
  },
  responses: responses(
    z
      .object({
        role: roleSchema,
        epoch: counterSchema,
        head: counterSchema,
        updates: z.array(bytesSchema).openapi({ description: 'To be applied in this order' }),
      })
      .openapi('Pulled'),
    'Everything up to `head`',
    'unauthenticated',
    'not-found',
  ),
});

const postUpdate = createRoute({
  method: 'post',
  path: '/lists/{list}/updates',
  tags,
  summary: 'Push: one update into the log; when this answers, it is on disk',
  request: {
    params,
    body: {
      required: true,
      content: { 'application/json': { schema: pushSchema } },
    },
  },
  responses: responses(
    z.object({ epoch: counterSchema, seq: counterSchema }).openapi('Pushed'),
    'The number of the update',
    'unauthenticated',
    'not-found',
    'forbidden',
    'epoch-ahead',
    'too-large',
    'update-rejected',
    'rate-limited',
  ),
});

/** Push and pull over HTTP: for background sync of a service worker, and for scripts. */
export function logRoutes({ log, limiter, announcements }: AppDependencies): Router {
  return createRouter()
    .openapi(getUpdates, async (c) => {
      const { list } = c.req.valid('param');
      const { updates, ...place } = await log.pull(c.var.account.userId, { list, ...c.req.valid('query') });
      const texts = updates.map((update) => Buffer.from(update).toString('base64'));
      return succeed(c, { ...place, updates: texts }, 'What you were missing.');
    })
    .openapi(postUpdate, async (c) => {
      const { list } = c.req.valid('param');
      const { epoch, update: text, isBulk } = c.req.valid('json');
      const { userId } = c.var.account;
      const update = new Uint8Array(Buffer.from(text, 'base64'));
      await limiter.spend('pushedKilobytes', userId, Math.max(1, Math.ceil(update.byteLength / 1024)));
      const [outcome] = await log.append([{ userId, list, epoch, update, isBulk }]);
      if (outcome === undefined) throw new Error('The log gave no outcome.');
      if (!outcome.ok) throw new TrolleyError(outcome.error.code, outcome.error.message);
      announcements.announce(
        outcome.isCarried === true
          ? { kind: 'head', list, ...outcome.value }
          : { kind: 'appended', list, update, ...outcome.value },
      );
      return succeed(c, outcome.value, 'The update is in the log.');
    });
}
