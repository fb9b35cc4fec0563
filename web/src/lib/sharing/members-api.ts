import * as v from 'valibot';
import { personSchema, roleSchema, userIdSchema, type ListId, type Role, type UserId } from '@trolley/shared/protocol';
import { callApi } from '#lib/account/api-client.ts';

const memberSchema = v.object({
  ...personSchema.entries,
  userId: userIdSchema,
  role: roleSchema,
  isGuest: v.boolean(),
});
/** Somebody who may open a list. */
export type Member = v.InferOutput<typeof memberSchema>;

/** All members of a list; for members only. */
export function listMembers(list: ListId): Promise<Member[]> {
  return callApi(v.array(memberSchema), `/lists/${list}/members`);
}

/** Changes what a member may do; for owners. Rejects with `last-owner` when nobody would own the list any more. */
export async function changeRole(list: ListId, user: UserId, role: Role): Promise<void> {
  await callApi(v.unknown(), memberPath(list, user), { method: 'PATCH', body: { role } });
}

/** Takes a member's access away; for owners, and for members themselves. */
export async function removeMember(list: ListId, user: UserId): Promise<void> {
  await callApi(v.unknown(), memberPath(list, user), { method: 'DELETE' });
}

function memberPath(list: ListId, user: UserId): string {
  return `/lists/${list}/members/${encodeURIComponent(user)}`;
}
