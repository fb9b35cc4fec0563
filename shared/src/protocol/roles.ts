import * as v from 'valibot';

/** What a member may do with a list. An owner may also manage members, invites and the list itself. */
export const roles = ['owner', 'editor', 'viewer'] as const;
export const roleSchema = v.picklist(roles);
export type Role = v.InferOutput<typeof roleSchema>;

/** Whether a role may change the list's document. */
export function mayEdit(role: Role | null): boolean {
  return role === 'owner' || role === 'editor';
}

/** Whether a role may invite, change roles, revoke and delete. */
export function mayManage(role: Role | null): boolean {
  return role === 'owner';
}
