import { createRoute, z } from '@hono/zod-openapi';
import type { AppDependencies } from '../app-dependencies.ts';
import { createRouter, type Router } from '../http/create-router.ts';
import { responses, succeed } from '../http/envelope.ts';
import { counterSchema, listIdSchema, roleSchema, timeSchema } from '../http/fields.ts';
import { createList, deleteLockedList, readLists } from './list-store.ts';
import { lockOwnList } from './lock-list.ts';

export const listSummarySchema = z
  .object({ list: listIdSchema, role: roleSchema, epoch: counterSchema, head: counterSchema, joinedAt: timeSchema })
  .openapi('ListSummary');

const params = z.object({ list: listIdSchema });
const tags = ['lists'];

const getLists = createRoute({
  method: 'get',
  path: '/lists',
  tags,
  summary: 'The lists that I am a member of',
  responses: responses(z.array(listSummarySchema), 'The lists', 'unauthenticated'),
});

const putList = createRoute({
  method: 'put',
  path: '/lists/{list}',
  tags,
  summary: 'Make a list under an id that the phone has drawn; its owner may repeat that',
  request: { params },
  responses: responses(
    z.object({ list: listIdSchema, role: roleSchema }),
    'The list is there and I own it',
    'unauthenticated',
    'already-exists',
    'rate-limited',
  ),
});

const deleteList = createRoute({
  method: 'delete',
  path: '/lists/{list}',
  tags,
  summary: 'Delete a list for everybody',
  request: { params },
  responses: responses(z.null(), 'The list is gone', 'unauthenticated', 'not-found', 'forbidden'),
});

/** Lists as such. What is on them is the log's business. */
export function listRoutes({ database, limiter, announcements }: AppDependencies): Router {
  return createRouter()
    .openapi(getLists, async (c) => {
      const rows = await readLists(database.sql, c.var.account.userId);
      const lists = rows.map((row) => ({ ...row, joinedAt: row.joinedAt.toISOString() }));
      return succeed(c, lists, 'Your lists.');
    })
    .openapi(putList, async (c) => {
      const { list } = c.req.valid('param');
      const { userId } = c.var.account;
      await limiter.spend('newLists', userId);
      await createList(database, list, userId, new Date(c.var.nowMs));
      return succeed(c, { list, role: 'owner' as const }, 'The list is there.');
    })
    .openapi(deleteList, async (c) => {
      const { list } = c.req.valid('param');
      const members = await database.transaction(async (sql) => {
        await lockOwnList(sql, list, c.var.account.userId);
        return deleteLockedList(sql, list);
      });
      for (const userId of members) announcements.announce({ kind: 'access', list, userId, role: null });
      return succeed(c, null, 'The list is gone.');
    });
}
