import { z } from 'zod/mini';
import { memberIdSchema, TrolleyError, userIdSchema, type MemberId } from '@trolley/shared/protocol';
import { callApi } from './api-client.ts';
import { hasSession } from './auth-api.ts';

const meSchema = z.object({
  userId: userIdSchema,
  memberId: memberIdSchema,
  name: z.string(),
  color: z.int().check(z.gte(0), z.lte(15)),
  isGuest: z.boolean(),
  email: z.nullable(z.string()),
});
/** The account behind the session, as the server knows it. */
export type Me = z.infer<typeof meSchema>;

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
