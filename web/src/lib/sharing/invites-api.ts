import { z } from 'zod/mini';
import { listIdSchema, type ListId } from '@trolley/shared/protocol';
import { callApi } from '#lib/account/api-client.ts';

/** What a link can make somebody. */
export const invitedRoles = ['editor', 'viewer'] as const;
export type InvitedRole = (typeof invitedRoles)[number];
const invitedRoleSchema = z.enum(invitedRoles);

const inviteSchema = z.object({
  inviteId: z.string(),
  role: invitedRoleSchema,
  expiresAt: z.string(),
  maxUses: z.nullable(z.int()),
});
const newInviteSchema = z.extend(inviteSchema, { token: z.string() });
const listedInviteSchema = z.extend(inviteSchema, { uses: z.int(), revokedAt: z.nullable(z.string()) });
const publicInviteSchema = z.object({
  list: listIdSchema,
  listTitle: z.string(),
  role: invitedRoleSchema,
  invitedBy: z.nullable(z.string()),
  expiresAt: z.string(),
});

/** An invite with its token, which the server tells only once. */
export type NewInvite = z.infer<typeof newInviteSchema>;
/** An invite as its list's owner sees it later. */
export type ListedInvite = z.infer<typeof listedInviteSchema>;
/** An invite as whoever holds its link sees it. */
export type PublicInvite = z.infer<typeof publicInviteSchema>;

/** Makes a link; for owners. */
export function createInvite(list: ListId, terms: { role: InvitedRole; expiresInHours: number }): Promise<NewInvite> {
  return callApi(newInviteSchema, `/lists/${list}/invites`, { method: 'POST', body: terms });
}

/** The links of a list; for owners. */
export function listInvites(list: ListId): Promise<ListedInvite[]> {
  return callApi(z.array(listedInviteSchema), `/lists/${list}/invites`);
}

/** Makes a link worthless; for owners. Whoever has joined by it stays. */
export async function revokeInvite(list: ListId, inviteId: string): Promise<void> {
  await callApi(z.unknown(), `/lists/${list}/invites/${inviteId}`, { method: 'DELETE' });
}

/** What a link offers; for everybody. Rejects with `not-found` or one of the `invite-…` codes. */
export function readInvite(token: string): Promise<PublicInvite> {
  return callApi(publicInviteSchema, `/invites/${encodeURIComponent(token)}`);
}

/** Joins a list. Needs a session, which may be a guest's. */
export async function acceptInvite(token: string): Promise<ListId> {
  const { list } = await callApi(z.object({ list: listIdSchema }), `/invites/${encodeURIComponent(token)}/accept`, {
    method: 'POST',
  });
  return list;
}
