import { createRoute, z } from '@hono/zod-openapi';
import { TrolleyError } from '@trolley/shared/protocol';
import type { AppDependencies } from '../app-dependencies.ts';
import { createRouter, type Router } from '../http/create-router.ts';
import { responses, succeed } from '../http/envelope.ts';
import {
  colorSchema,
  listIdSchema,
  memberIdSchema,
  personNameSchema,
  roleSchema,
  timeSchema,
  userIdSchema,
} from '../http/fields.ts';
import { lockList, lockOwnList } from '../lists/lock-list.ts';
import { changeRole, readMembers, removeMember } from './member-store.ts';

export const memberSchema = z
  .object({
    userId: userIdSchema,
    memberId: memberIdSchema,
    name: personNameSchema,
    color: colorSchema,
    role: roleSchema,
    joinedAt: timeSchema,
    isGuest: z.boolean(),
  })
  .openapi('Member');

const oneMember = z.object({ list: listIdSchema, userId: userIdSchema });
const tags = ['members'];

const getMembers = createRoute({
  method: 'get',
  path: '/lists/{list}/members',
  tags,
  summary: 'Who is a member of a list, for its members',
  request: { params: z.object({ list: listIdSchema }) },
  responses: responses(z.array(memberSchema), 'The members', 'unauthenticated', 'not-found'),
});

const patchMember = createRoute({
  method: 'patch',
  path: '/lists/{list}/members/{userId}',
  tags,
  summary: "Change a member's role, as an owner",
  request: {
    params: oneMember,
    body: { required: true, content: { 'application/json': { schema: z.object({ role: roleSchema }) } } },
  },
  responses: responses(
    z.object({ userId: userIdSchema, role: roleSchema }),
    'The member has the role',
    'unauthenticated',
    'not-found',
    'forbidden',
    'last-owner',
  ),
});

const deleteMember = createRoute({
  method: 'delete',
  path: '/lists/{list}/members/{userId}',
  tags,
  summary: 'Remove a member, as an owner, or leave, as oneself',
  request: { params: oneMember },
  responses: responses(z.null(), 'No member any more', 'unauthenticated', 'not-found', 'forbidden', 'last-owner'),
});

/** Members and their roles. Whoever loses access is told to the relays at once. */
export function memberRoutes({ database, announcements }: AppDependencies): Router {
  return createRouter()
    .openapi(getMembers, async (c) => {
      const rows = await readMembers(database.sql, c.req.valid('param').list, c.var.account.userId);
      if (rows.length === 0) throw new TrolleyError('not-found', 'There is no such list.');
      const members = rows.map((row) => ({ ...row, joinedAt: row.joinedAt.toISOString() }));
      return succeed(c, members, 'The members of the list.');
    })
    .openapi(patchMember, async (c) => {
      const { list, userId } = c.req.valid('param');
      const { role } = c.req.valid('json');
      const isChanged = await database.transaction(async (sql) => {
        await lockOwnList(sql, list, c.var.account.userId);
        return changeRole(sql, list, userId, role);
      });
      if (isChanged) announcements.announce({ kind: 'access', list, userId, role });
      return succeed(c, { userId, role }, 'The member has the role.');
    })
    .openapi(deleteMember, async (c) => {
      const { list, userId } = c.req.valid('param');
      const callerId = c.var.account.userId;
      await database.transaction(async (sql) => {
        await (userId === callerId ? lockList(sql, list, callerId) : lockOwnList(sql, list, callerId));
        await removeMember(sql, list, userId);
      });
      announcements.announce({ kind: 'access', list, userId, role: null });
      return succeed(c, null, 'No member any more.');
    });
}
