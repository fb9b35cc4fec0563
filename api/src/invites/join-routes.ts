import { createRoute, z } from '@hono/zod-openapi';
import { TrolleyError } from '@trolley/shared/protocol';
import type { AppDependencies } from '../app-dependencies.ts';
import { callerAddress } from '../http/caller-address.ts';
import { createRouter, type Router } from '../http/create-router.ts';
import { responses, succeed } from '../http/envelope.ts';
import { loadDocument } from '../log/load-document.ts';
import type { Database } from '../store/database.ts';
import { invitePreviewSchema, joinedSchema } from './invite-schemas.ts';
import { acceptInvite, readUsableInvite } from './invite-store.ts';
import { parseInviteToken, type InviteToken } from './invite-token.ts';

const params = z.object({ token: z.string() });
const tags = ['invites'];
const spent = ['not-found', 'invite-expired', 'invite-used-up', 'invite-revoked', 'rate-limited'] as const;

const getInvite = createRoute({
  method: 'get',
  path: '/invites/{token}',
  tags,
  summary: 'What an invite opens, for anybody who has its link',
  security: [],
  request: { params },
  responses: responses(invitePreviewSchema, 'The invite', ...spent),
});

const postAccept = createRoute({
  method: 'post',
  path: '/invites/{token}/accept',
  tags,
  summary: 'Join the list by an invite; a guest may',
  request: { params },
  responses: responses(joinedSchema, 'I am a member', 'unauthenticated', ...spent),
});

/** What can be seen of an invite without a session. */
export function invitePreviewRoutes({ database, limiter, isBehindProxy }: AppDependencies): Router {
  return createRouter().openapi(getInvite, async (c) => {
    await limiter.spend('inviteTokens', callerAddress(c, isBehindProxy));
    const token = readToken(c.req.valid('param').token);
    const { role, invitedBy, expiresAt } = await readUsableInvite(database.sql, token, c.var.nowMs);
    const listTitle = await readTitle(database, token);
    const preview = { list: token.list, listTitle, role, invitedBy, expiresAt: expiresAt.toISOString() };
    return succeed(c, preview, 'The invite is good.');
  });
}

/** Joining by an invite. */
export function joinRoutes({ database, limiter, announcements, isBehindProxy }: AppDependencies): Router {
  return createRouter().openapi(postAccept, async (c) => {
    await limiter.spend('inviteTokens', callerAddress(c, isBehindProxy));
    const token = readToken(c.req.valid('param').token);
    const { userId } = c.var.account;
    const now = new Date(c.var.nowMs);
    const { role, isChanged } = await database.transaction((sql) => acceptInvite(sql, token, userId, now));
    if (isChanged) announcements.announce({ kind: 'access', list: token.list, userId, role });
    return succeed(c, { list: token.list, role }, 'You are a member.');
  });
}

/** A text that can't be a token is answered as one that nobody made. */
function readToken(text: string): InviteToken {
  const token = parseInviteToken(text);
  if (token === null) throw new TrolleyError('not-found', 'There is no such invite.');
  return token;
}

/** The title lives in the document alone. */
async function readTitle(database: Database, { list }: InviteToken): Promise<string> {
  const loaded = await loadDocument(database.sql, list);
  if (loaded === null) return '';
  const { title } = loaded.document.view;
  loaded.document.dispose();
  return title;
}
