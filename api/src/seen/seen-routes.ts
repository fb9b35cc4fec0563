import { createRoute, z } from '@hono/zod-openapi';
import { TrolleyError } from '@trolley/shared/protocol';
import type { AppDependencies } from '../app-dependencies.ts';
import { createRouter, type Router } from '../http/create-router.ts';
import { responses, succeed } from '../http/envelope.ts';
import { counterSchema, listIdSchema, userIdSchema } from '../http/fields.ts';
import { readSeen } from './seen-store.ts';

const memberSeenSchema = z
  .object({
    userId: userIdSchema,
    missing: counterSchema
      .nullable()
      .openapi({ description: 'Updates that no phone of theirs is known to have; null before the first word of one' }),
  })
  .openapi('MemberSeen');

const params = z.object({ list: listIdSchema });
const tags = ['members'];

const getSeen = createRoute({
  method: 'get',
  path: '/lists/{list}/seen',
  tags,
  summary: 'Whose phones have a list as it is now, for its members',
  request: { params },
  responses: responses(z.array(memberSeenSchema), 'What the members have', 'unauthenticated', 'not-found'),
});

const putSeen = createRoute({
  method: 'put',
  path: '/lists/{list}/seen',
  tags,
  summary: 'Say up to which number of its log this phone has a list on its disk',
  request: {
    params,
    body: { required: true, content: { 'application/json': { schema: z.object({ seq: counterSchema }) } } },
  },
  responses: responses(z.null(), 'It is noted, if I am a member', 'unauthenticated', 'rate-limited', 'busy'),
});

/** Who has what of a list. */
export function seenRoutes({ database, limiter, seenNotes }: AppDependencies): Router {
  return createRouter()
    .openapi(getSeen, async (c) => {
      const members = await readSeen(database.sql, c.req.valid('param').list, c.var.account.userId);
      if (members.length === 0) throw new TrolleyError('not-found', 'There is no such list.');
      return succeed(c, [...members], 'What the members have.');
    })
    .openapi(putSeen, async (c) => {
      const { userId } = c.var.account;
      await limiter.spend('seenNotes', userId);
      seenNotes.note({ list: c.req.valid('param').list, userId, seq: c.req.valid('json').seq });
      return succeed(c, null, 'It is noted.');
    });
}
