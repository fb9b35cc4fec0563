import * as v from 'valibot';
import type { ListId } from '@trolley/shared/protocol';
import { createInvite, invitedRoles, listInvites, type InvitedRole, type ListedInvite } from './invites-api.ts';

/** How long a link can work, in hours. */
export const linkHours = [24, 168, 720, 8760] as const;
export type LinkHours = (typeof linkHours)[number];

/** What a link is to offer. */
export interface LinkTerms {
  readonly role: InvitedRole;
  readonly hours: LinkHours;
}

const keptLinkSchema = v.object({
  inviteId: v.string(),
  token: v.string(),
  role: v.picklist(invitedRoles),
  hours: v.number(),
  expiresAt: v.string(),
});
/** A link made on this phone. The server keeps only a hash of the token, so that only the phone can show it again. */
export type KeptLink = v.InferOutput<typeof keptLinkSchema>;

/** A link on these terms, with the list's invites: one of this phone's that still works, else a new one. Rejects as `createInvite`. */
export async function obtainLink(
  list: ListId,
  { role, hours }: LinkTerms,
): Promise<{ link: KeptLink; invites: ListedInvite[] }> {
  const invites = await listInvites(list);
  const kept = readKeptLinks(list);
  const usable = new Set(invites.filter((invite) => isUsable(invite, Date.now())).map(({ inviteId }) => inviteId));
  const known = kept.find((link) => link.role === role && link.hours === hours && usable.has(link.inviteId));
  if (known !== undefined) return { link: known, invites };
  const { inviteId, token, expiresAt, maxUses } = await createInvite(list, { role, expiresInHours: hours });
  const link = { inviteId, token, role, hours, expiresAt };
  writeKeptLinks(list, [...kept.filter((other) => usable.has(other.inviteId)), link]);
  return { link, invites: [...invites, { inviteId, role, expiresAt, maxUses, uses: 0, revokedAt: null }] };
}

/** Whether an invite still lets somebody in. */
export function isUsable({ revokedAt, expiresAt, uses, maxUses }: ListedInvite, nowMs: number): boolean {
  return revokedAt === null && Date.parse(expiresAt) > nowMs && (maxUses === null || uses < maxUses);
}

/** The address to give away. */
export function linkUrl({ token }: KeptLink): string {
  return new URL(`/join/${token}`, location.origin).href;
}

function readKeptLinks(list: ListId): KeptLink[] {
  try {
    const links = v.safeParse(v.array(keptLinkSchema), JSON.parse(localStorage.getItem(storageKey(list)) ?? '[]'));
    return links.success ? links.output : [];
  } catch {
    return [];
  }
}

/** A browser that keeps nothing costs a new link each time. */
function writeKeptLinks(list: ListId, links: readonly KeptLink[]): void {
  try {
    localStorage.setItem(storageKey(list), JSON.stringify(links));
  } catch {
    return;
  }
}

function storageKey(list: ListId): string {
  return `trolley.links.${list}`;
}
