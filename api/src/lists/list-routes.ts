import { createRoute, z } from '@hono/zod-openapi';
import type { AppDependencies } from '../app-dependencies.ts';
import { createRouter, type Router } from '../http/create-router.ts';
import { responses, succeed } from '../http/envelope.ts';
import { counterSchema, listIdSchema, roleSchema, timeSchema } from '../http/fields.ts';
import { placeLists } from './list-places.ts';
import { createList, deleteLockedList, readLists, type ListRow } from './list-store.ts';
import { lockOwnList } from './lock-list.ts';

/** A fractional index: lists stand in the order of these texts. */
const placeSchema = z
  .string()
  .regex(/^[0-9A-Za-z]{1,256}$/)
  .nullable();
const maxPlaceChanges = 500;

export const listSummarySchema = z
  .object({
    list: listIdSchema,
    role: roleSchema,
    epoch: counterSchema,
    head: counterSchema,
    joinedAt: timeSchema,
    place: said(placeSchema).nullable().openapi({ description: 'Where I keep it among my lists; null: not said' }),
    archived: said(z.boolean()).nullable().openapi({ description: 'Whether I have put it away; null: not said' }),
  })
  .openapi('ListSummary');

const placeChangeSchema = z
  .object({ list: listIdSchema, place: said(placeSchema).optional(), archived: said(z.boolean()).optional() })
  .openapi('PlaceChange');

const params = z.object({ list: listIdSchema });
const tags = ['lists'];

const getLists = createRoute({
  method: 'get',
  path: '/lists',
  tags,
  summary: 'The lists that I am a member of',
  responses: responses(z.array(listSummarySchema), 'The lists', 'unauthenticated'),
});

const patchLists = createRoute({
  method: 'patch',
  path: '/lists',
  tags,
  summary: 'Say where I keep my lists: their order, and which are put away. What was said later stays',
  request: {
    body: {
      required: true,
      content: {
        'application/json': { schema: z.object({ changes: z.array(placeChangeSchema).max(maxPlaceChanges) }) },
      },
    },
  },
  responses: responses(z.array(listSummarySchema), 'All my lists, as they are now', 'unauthenticated', 'rate-limited'),
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
      return succeed(c, rows.map(toSummary), 'Your lists.');
    })
    .openapi(patchLists, async (c) => {
      const { userId } = c.var.account;
      await limiter.spend('listPlaces', userId);
      await placeLists(database, userId, c.req.valid('json').changes, new Date(c.var.nowMs));
      const rows = await readLists(database.sql, userId);
      return succeed(c, rows.map(toSummary), 'Your lists.');
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

/** Something that was said, and when. */
function said<T extends z.ZodType>(value: T) {
  return z.object({ value, at: timeSchema });
}

function toSummary({ list, role, epoch, head, ...row }: ListRow): z.infer<typeof listSummarySchema> {
  const { place, placeAt, isArchived, archivedAt } = row;
  return {
    list,
    role,
    epoch,
    head,
    joinedAt: row.joinedAt.toISOString(),
    place: placeAt && { value: place, at: placeAt.toISOString() },
    archived: archivedAt && { value: isArchived, at: archivedAt.toISOString() },
  };
}
