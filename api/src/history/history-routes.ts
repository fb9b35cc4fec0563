import { createRoute, z } from '@hono/zod-openapi';
import { TrolleyError, type ListId, type UserId } from '@trolley/shared/protocol';
import type { AppDependencies } from '../app-dependencies.ts';
import { createRouter, type Router } from '../http/create-router.ts';
import { responses, succeed } from '../http/envelope.ts';
import { counterSchema, listIdSchema, memberIdSchema, timeSchema } from '../http/fields.ts';
import { readRole } from '../lists/list-store.ts';
import { documentAt } from './document-at.ts';
import { readMoments } from './read-moments.ts';

const params = z.object({ list: listIdSchema });
const tags = ['history'];
/** Some weeks of a family. */
const maxEdits = 1_000;

const getMoments = createRoute({
  method: 'get',
  path: '/lists/{list}/history',
  tags,
  summary: 'When a list was edited, and by whom, minute by minute, the latest first',
  request: {
    params,
    query: z.object({ before: timeSchema }),
  },
  responses: responses(
    z
      .object({
        moments: z.array(z.object({ at: timeSchema, edits: counterSchema, by: z.array(memberIdSchema) })),
        next: timeSchema.nullable().openapi({ description: '`before` of the page after this one' }),
      })
      .openapi('Moments'),
    'The minutes with edits',
    'unauthenticated',
    'not-found',
    'rate-limited',
  ),
});

const getDocument = createRoute({
  method: 'get',
  path: '/lists/{list}/history/document',
  tags,
  summary: 'The list as it was at a time',
  request: { params, query: z.object({ at: timeSchema }) },
  responses: responses(
    z
      .object({
        epoch: counterSchema,
        seq: counterSchema,
        update: z.base64().openapi({ description: 'The whole document of that time as one Yjs update (V1), base64' }),
      })
      .openapi('PastDocument'),
    'The list of that time',
    'unauthenticated',
    'not-found',
    'rate-limited',
  ),
});

/** The past of a list, for its members: as far back as its log is kept. */
export function historyRoutes({ database, limiter }: AppDependencies): Router {
  const admit = async (userId: UserId, list: ListId): Promise<void> => {
    await limiter.spend('history', userId);
    if ((await readRole(database.sql, list, userId)) === null) {
      throw new TrolleyError('not-found', 'There is no such list.');
    }
  };
  return createRouter()
    .openapi(getMoments, async (c) => {
      const { list } = c.req.valid('param');
      await admit(c.var.account.userId, list);
      const { moments, next } = await readMoments(database.sql, list, new Date(c.req.valid('query').before), maxEdits);
      const told = moments.map((moment) => ({ ...moment, at: moment.at.toISOString() }));
      return succeed(c, { moments: told, next: next?.toISOString() ?? null }, 'When the list was edited.');
    })
    .openapi(getDocument, async (c) => {
      const { list } = c.req.valid('param');
      await admit(c.var.account.userId, list);
      const loaded = await documentAt(database.sql, list, new Date(c.req.valid('query').at));
      if (loaded === null) throw new TrolleyError('not-found', 'Nothing is known of the list at that time.');
      const { document, epoch, seq } = loaded;
      try {
        const update = Buffer.from(document.encode()).toString('base64');
        return succeed(c, { epoch, seq, update }, 'The list of that time.');
      } finally {
        document.dispose();
      }
    });
}
