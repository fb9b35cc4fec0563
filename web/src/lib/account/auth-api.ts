import * as v from 'valibot';
import { TrolleyError } from '@trolley/shared/protocol';
import { readJson, send } from './api-client.ts';

/** Why signing in or up did not work, as far as a person can do something about it. */
export type SignInProblem =
  | 'wrong-credentials'
  | 'email-taken'
  | 'invalid-email'
  | 'password-too-short'
  | 'rate-limited'
  | 'unavailable'
  | 'internal';

/** better-auth's own codes for those problems. */
const problemByCode: Readonly<Record<string, SignInProblem>> = {
  INVALID_EMAIL_OR_PASSWORD: 'wrong-credentials',
  USER_ALREADY_EXISTS: 'email-taken',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'email-taken',
  INVALID_EMAIL: 'invalid-email',
  PASSWORD_TOO_SHORT: 'password-too-short',
};

const refusalSchema = v.object({ code: v.string() });

/** Whether the browser holds the cookie of a session. Asked before the account itself, because here "no" is an answer and not an error. */
export async function hasSession(): Promise<boolean> {
  const response = await send('/api/auth/get-session', {});
  if (!response.ok) throw new TrolleyError('unavailable', `no session: ${response.status}`);
  return (await readJson(response)) !== null;
}

/** Begins a session as a new guest. Rejects with a `TrolleyError`. */
export async function signInAsGuest(): Promise<void> {
  const problem = await post('/sign-in/anonymous', {});
  if (problem === null) return;
  throw new TrolleyError(problem === 'rate-limited' ? 'rate-limited' : 'unavailable', `no session: ${problem}`);
}

/** Makes an account and moves everything of the guest into it. Null when it worked. */
export function signUp(credentials: { name: string; email: string; password: string }): Promise<SignInProblem | null> {
  return post('/sign-up/email', credentials);
}

/** Signs in to an account there is; what the guest had is merged into it. Null when it worked. */
export function signIn(credentials: { email: string; password: string }): Promise<SignInProblem | null> {
  return post('/sign-in/email', credentials);
}

/** Ends the session. Null when it worked. */
export function signOut(): Promise<SignInProblem | null> {
  return post('/sign-out', {});
}

async function post(path: string, body: unknown): Promise<SignInProblem | null> {
  try {
    const response = await send(`/api/auth${path}`, { method: 'POST', body });
    return response.ok ? null : readProblem(response.status, await readJson(response));
  } catch {
    return 'unavailable';
  }
}

function readProblem(status: number, body: unknown): SignInProblem {
  if (status === 429) return 'rate-limited';
  if (status >= 500) return 'unavailable';
  const refusal = v.safeParse(refusalSchema, body);
  return (refusal.success ? problemByCode[refusal.output.code] : undefined) ?? 'internal';
}
