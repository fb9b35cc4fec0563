import * as v from 'valibot';
import { listIdSchema, type ListId } from '@trolley/shared/protocol';
import { callApi } from '#lib/account/api-client.ts';

/** What a link can make somebody. */
export const invitedRoles = ['editor', 'viewer'] as const;
export type InvitedRole = (typeof invitedRoles)[number];
const invitedRoleSchema = v.picklist(invitedRoles);

const inviteSchema = v.object({
  inviteId: v.string(),
  role: invitedRoleSchema,
  expiresAt: v.string(),
  maxUses: v.nullable(v.pipe(v.number(), v.safeInteger())),
});
const newInviteSchema = v.object({ ...inviteSchema.entries, token: v.string() });
const listedInviteSchema = v.object({
  ...inviteSchema.entries,
  uses: v.pipe(v.number(), v.safeInteger()),
  revokedAt: v.nullable(v.string()),
});
const publicInviteSchema = v.object({
  list: listIdSchema,
  listTitle: v.string(),
  role: invitedRoleSchema,
  invitedBy: v.nullable(v.string()),
  expiresAt: v.string(),
});

/** An invite with its token, which the server tells only once. */
export type NewInvite = v.InferOutput<typeof newInviteSchema>;
/** An invite as its list's owner sees it later. */
export type ListedInvite = v.InferOutput<typeof listedInviteSchema>;
/** An invite as whoever holds its link sees it. */
export type PublicInvite = v.InferOutput<typeof publicInviteSchema>;

/** Makes a link; for owners. */
export function createInvite(list: ListId, terms: { role: InvitedRole; expiresInHours: number }): Promise<NewInvite> {
  return callApi(newInviteSchema, `/lists/${list}/invites`, { method: 'POST', body: terms });
}

/** The links of a list; for owners. */
export function listInvites(list: ListId): Promise<ListedInvite[]> {
  return callApi(v.array(listedInviteSchema), `/lists/${list}/invites`);
}

/** Makes a link worthless; for owners. Whoever has joined by it stays. */
export async function revokeInvite(list: ListId, inviteId: string): Promise<void> {
  await callApi(v.unknown(), `/lists/${list}/invites/${inviteId}`, { method: 'DELETE' });
}

/** What a link offers; for everybody. Rejects with `not-found` or one of the `invite-…` codes. */
export function readInvite(token: string): Promise<PublicInvite> {
  return callApi(publicInviteSchema, `/invites/${encodeURIComponent(token)}`);
}

/** Joins a list. Needs a session, which may be a guest's. */
export async function acceptInvite(token: string): Promise<ListId> {
  const { list } = await callApi(v.object({ list: listIdSchema }), `/invites/${encodeURIComponent(token)}/accept`, {
    method: 'POST',
  });
  return list;
}
