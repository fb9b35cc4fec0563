import { createRoute, z } from '@hono/zod-openapi';
import type { AppDependencies } from '../app-dependencies.ts';
import { createRouter, type Router } from '../http/create-router.ts';
import { responses, succeed } from '../http/envelope.ts';
import { inviteIdSchema, listIdSchema } from '../http/fields.ts';
import { lockOwnList, requireOwner } from '../lists/lock-list.ts';
import { createdInviteSchema, inviteSchema, newInviteSchema } from './invite-schemas.ts';
import { insertInvite, readInvites, revokeInvite } from './invite-store.ts';
import { createInviteToken, formatInviteToken } from './invite-token.ts';

const params = z.object({ list: listIdSchema });
const tags = ['invites'];
const hourMs = 60 * 60 * 1000;

const postInvite = createRoute({
  method: 'post',
  path: '/lists/{list}/invites',
  tags,
  summary: 'Make an invite, as an owner',
  request: { params, body: { required: true, content: { 'application/json': { schema: newInviteSchema } } } },
  responses: responses(createdInviteSchema, 'The invite', 'unauthenticated', 'not-found', 'forbidden', 'rate-limited'),
});

const getInvites = createRoute({
  method: 'get',
  path: '/lists/{list}/invites',
  tags,
  summary: "A list's invites, for an owner",
  request: { params },
  responses: responses(z.array(inviteSchema), 'The invites', 'unauthenticated', 'not-found', 'forbidden'),
});

const deleteInvite = createRoute({
  method: 'delete',
  path: '/lists/{list}/invites/{inviteId}',
  tags,
  summary: 'Withdraw an invite, as an owner',
  request: { params: z.object({ list: listIdSchema, inviteId: inviteIdSchema }) },
  responses: responses(z.null(), 'The invite opens nothing any more', 'unauthenticated', 'not-found', 'forbidden'),
});

/** An owner's side of invites. */
export function inviteRoutes({ database, limiter, randomBytes }: AppDependencies): Router {
  return createRouter()
    .openapi(postInvite, async (c) => {
      const { list } = c.req.valid('param');
      const { role, expiresInHours, maxUses } = c.req.valid('json');
      const { userId } = c.var.account;
      await limiter.spend('newInvites', userId);
      const token = createInviteToken(list, randomBytes);
      const inviteId = inviteIdSchema.parse(Buffer.from(randomBytes(12)).toString('base64url'));
      const expiresAt = new Date(c.var.nowMs + expiresInHours * hourMs);
      const createdAt = new Date(c.var.nowMs);
      await database.transaction(async (sql) => {
        await lockOwnList(sql, list, userId);
        await insertInvite(sql, { inviteId, token, role, expiresAt, maxUses, createdBy: userId, createdAt });
      });
      const text = formatInviteToken(token);
      const invite = {
        inviteId,
        token: text,
        path: `/join/${text}`,
        role,
        expiresAt: expiresAt.toISOString(),
        maxUses,
      };
      return succeed(c, invite, 'The invite is made. Its token is told only here.');
    })
    .openapi(getInvites, async (c) => {
      const { list } = c.req.valid('param');
      await requireOwner(database.sql, list, c.var.account.userId);
      const rows = await readInvites(database.sql, list);
      const invites = rows.map((row) => ({
        ...row,
        expiresAt: row.expiresAt.toISOString(),
        createdAt: row.createdAt.toISOString(),
        revokedAt: row.revokedAt?.toISOString() ?? null,
      }));
      return succeed(c, invites, 'The invites of the list.');
    })
    .openapi(deleteInvite, async (c) => {
      const { list, inviteId } = c.req.valid('param');
      await database.transaction(async (sql) => {
        await lockOwnList(sql, list, c.var.account.userId);
        await revokeInvite(sql, list, inviteId, new Date(c.var.nowMs));
      });
      return succeed(c, null, 'The invite is withdrawn.');
    });
}
