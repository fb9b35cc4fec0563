import { roles, TrolleyError, type Role } from '@trolley/shared/protocol';

/** What decides whether an invite still opens its list. */
export interface InviteState {
  expiresAt: Date;
  maxUses: number | null;
  uses: number;
  revokedAt: Date | null;
}

/** Throws `invite-revoked`, `invite-expired` or `invite-used-up`, in that order of precedence. */
export function refuseSpentInvite(invite: InviteState, nowMs: number): void {
  if (invite.revokedAt !== null) throw new TrolleyError('invite-revoked', 'The invite was withdrawn.');
  if (invite.expiresAt.getTime() <= nowMs) throw new TrolleyError('invite-expired', 'The invite has expired.');
  if (invite.maxUses !== null && invite.uses >= invite.maxUses) {
    throw new TrolleyError('invite-used-up', 'The invite was used as often as it may be.');
  }
}

/** Whether a role gives at least what another gives. */
export function isAtLeast(role: Role, other: Role): boolean {
  return roles.indexOf(role) <= roles.indexOf(other);
}
