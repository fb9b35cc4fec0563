import { TrolleyError, type MemberId, type UserId } from '@trolley/shared/protocol';
import { z } from 'zod';
import { colorSchema, memberIdSchema, userIdSchema } from '../http/fields.ts';
import { guestMailDomain } from './person-name.ts';
import type { Auth } from './auth.ts';

/** The account behind a request. */
export interface Account {
  userId: UserId;
  memberId: MemberId;
  name: string;
  color: number;
  isGuest: boolean;
  /** Null for whoever has given none: guests, and people who came back with a passkey alone. */
  email: string | null;
  /** Whether the address has shown to be theirs. */
  isEmailConfirmed: boolean;
}

const sessionUserSchema = z.object({
  id: userIdSchema,
  memberId: memberIdSchema,
  name: z.string(),
  color: colorSchema,
  isAnonymous: z.boolean().nullish(),
  email: z.string(),
  emailVerified: z.boolean(),
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
): Promise<{ account: Account | null; sessionId: string | null; setCookie: string[] }> {
  if (!headers.has('cookie') && !headers.has('authorization')) return { account: null, sessionId: null, setCookie: [] };
  const answer = await getSession(auth, headers, options.refresh);
  return {
    account: answer.response === null ? null : toAccount(answer.response.user),
    sessionId: answer.response?.session.id ?? null,
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
  const { id, isAnonymous, email, emailVerified, ...person } = sessionUserSchema.parse(user);
  const hasEmail = !email.endsWith(`@${guestMailDomain}`);
  return {
    userId: id,
    ...person,
    isGuest: isAnonymous === true,
    email: hasEmail ? email : null,
    isEmailConfirmed: hasEmail && emailVerified,
  };
}
