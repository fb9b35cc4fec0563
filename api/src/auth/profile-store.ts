import { TrolleyError, type MemberId, type UserId } from '@trolley/shared/protocol';
import type { Database } from '../store/database.ts';
import { isUniqueViolation } from '../store/store-errors.ts';

export interface Profile {
  name: string;
  color: number;
  memberId: MemberId;
}

/** What a person may change of themself; what is absent stays. */
export interface ProfileChange {
  name?: string | undefined;
  color?: number | undefined;
  memberId?: MemberId | undefined;
}

/**
 * Changes how others see an account. Its member id is the one that its phone stamped edits with before there was an account, so it can be
 * taken once; naming the same again is fine.
 *
 * @throws TrolleyError `already-exists` for a member id that somebody has, `forbidden` for a second one.
 */
export async function changeProfile(
  database: Database,
  userId: UserId,
  change: ProfileChange,
  now: Date,
): Promise<Profile> {
  const { name = null, color = null, memberId = null } = change;
  try {
    const [profile] = await database.sql<Profile[]>`
      update "user" set
        name = coalesce(${name}, name),
        color = coalesce(${color}::integer, color),
        member_id = coalesce(${memberId}, member_id),
        has_chosen_member_id = has_chosen_member_id or ${memberId !== null},
        "updatedAt" = ${now}
      where id = ${userId} and (${memberId}::text is null or member_id = ${memberId} or not has_chosen_member_id)
      returning name, color, member_id as "memberId"`;
    if (profile === undefined) throw new TrolleyError('forbidden', 'The member id is set and stays.');
    return profile;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new TrolleyError('already-exists', 'Somebody has this member id.', { details: { field: 'memberId' } });
  }
}
