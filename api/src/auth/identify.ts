import { TrolleyError, type MemberId, type UserId } from '@trolley/shared/protocol';
import { z } from 'zod';
import { colorSchema, memberIdSchema, userIdSchema } from '../http/fields.ts';
import type { Auth } from './auth.ts';

/** The account behind a request. */
export interface Account {
  userId: UserId;
  memberId: MemberId;
  name: string;
  color: number;
  isGuest: boolean;
  /** Null for a guest. */
  email: string | null;
}

const sessionUserSchema = z.object({
  id: userIdSchema,
  memberId: memberIdSchema,
  name: z.string(),
  color: colorSchema,
  isAnonymous: z.boolean().nullish(),
  email: z.string(),
});

/**
 * The account behind a cookie or bearer token, or null. With `refresh` the session's life is prolonged when it is due, and `setCookie` is
 * what the browser must be told then; without, nothing is written (a socket's handshake has no way to tell the browser).
 *
 * @throws TrolleyError `unavailable` when the store can't be asked. That is never taken for signed out.
 */
export async function identify(
  auth: Auth,
  headers: Headers,
  options: { refresh: boolean },
): Promise<{ account: Account | null; setCookie: string[] }> {
  if (!headers.has('cookie') && !headers.has('authorization')) return { account: null, setCookie: [] };
  const answer = await getSession(auth, headers, options.refresh);
  return {
    account: answer.response === null ? null : toAccount(answer.response.user),
    setCookie: answer.headers.getSetCookie(),
  };
}

async function getSession(auth: Auth, headers: Headers, refresh: boolean) {
  try {
    return await auth.api.getSession({ headers, query: { disableRefresh: !refresh }, returnHeaders: true });
  } catch (error) {
    throw new TrolleyError('unavailable', 'The session could not be checked.', { cause: error });
  }
}

function toAccount(user: unknown): Account {
  const { id, isAnonymous, email, ...person } = sessionUserSchema.parse(user);
  const isGuest = isAnonymous === true;
  return { userId: id, ...person, isGuest, email: isGuest ? null : email };
}
