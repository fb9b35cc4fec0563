import * as v from 'valibot';
import { userIdSchema, type ListId } from '@trolley/shared/protocol';
import { callApi } from '#lib/account/api-client.ts';

const memberSeenSchema = v.object({ userId: userIdSchema, missing: v.nullable(v.number()) });
/** How many changes none of a member's phones is known to have; null before the first word of one. */
export type MemberSeen = v.InferOutput<typeof memberSeenSchema>;

/** What the phones of a list's members have; for members only. */
export function readSeen(list: ListId): Promise<MemberSeen[]> {
  return callApi(v.array(memberSeenSchema), `/lists/${list}/seen`);
}

/** Says up to which number of its log this phone has a list on its disk. */
export async function tellSeen(list: ListId, seq: number): Promise<void> {
  await callApi(v.unknown(), `/lists/${list}/seen`, { method: 'PUT', body: { seq } });
}
