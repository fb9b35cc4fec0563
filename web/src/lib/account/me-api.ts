import * as v from 'valibot';
import { colorSchema, memberIdSchema, TrolleyError, userIdSchema, type MemberId } from '@trolley/shared/protocol';
import { callApi } from './api-client.ts';
import { hasSession } from './auth-api.ts';

const meSchema = v.object({
  userId: userIdSchema,
  memberId: memberIdSchema,
  name: v.string(),
  color: colorSchema,
  isGuest: v.boolean(),
  email: v.nullable(v.string()),
  /** Absent in the answers of a server of yesterday. */
  isEmailConfirmed: v.optional(v.boolean(), true),
});
/** The account behind the session, as the server knows it. */
export type Me = v.InferOutput<typeof meSchema>;

/** Null when there is no session. */
export async function readMe(): Promise<Me | null> {
  if (!(await hasSession())) return null;
  try {
    return await callApi(meSchema, '/me');
  } catch (error) {
    if (error instanceof TrolleyError && error.code === 'unauthenticated') return null;
    throw error;
  }
}

/** Changes what is given. `memberId` can be set once, right after a guest account was made. */
export function updateMe(fields: { name?: string; color?: number; memberId?: MemberId }): Promise<Me> {
  return callApi(meSchema, '/me', { method: 'PATCH', body: fields });
}
