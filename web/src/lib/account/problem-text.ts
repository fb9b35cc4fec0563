import { TrolleyError, type ErrorCode } from '@trolley/shared/protocol';
import * as m from '#lib/paraglide/messages.js';
import type { SignInProblem } from './auth-api.ts';

const textByCode: Readonly<Record<ErrorCode, () => string>> = {
  'bad-request': m.problem_bad_request,
  unauthenticated: m.problem_unauthenticated,
  forbidden: m.problem_forbidden,
  'not-found': m.problem_not_found,
  'already-exists': m.problem_already_exists,
  'last-owner': m.problem_last_owner,
  'epoch-ahead': m.problem_internal,
  'invite-expired': m.problem_invite_expired,
  'invite-used-up': m.problem_invite_used_up,
  'invite-revoked': m.problem_invite_revoked,
  'too-large': m.problem_too_large,
  'update-rejected': m.problem_bad_request,
  'rate-limited': m.problem_rate_limited,
  internal: m.problem_internal,
  busy: m.problem_unavailable,
  unavailable: m.problem_unavailable,
};

const textByProblem: Readonly<Record<SignInProblem, () => string>> = {
  'wrong-credentials': m.account_problem_wrong_credentials,
  'email-taken': m.account_problem_email_taken,
  'invalid-email': m.account_problem_invalid_email,
  'password-too-short': m.account_problem_password_too_short,
  'rate-limited': m.problem_rate_limited,
  unavailable: m.problem_unavailable,
  internal: m.problem_internal,
};

/** The sentence for whatever was thrown. Defects are told as such, without their insides. */
export function problemText(error: unknown): string {
  return error instanceof TrolleyError ? textByCode[error.code]() : m.problem_internal();
}

/** The sentence for a sign-in or sign-up that did not work. */
export function signInProblemText(problem: SignInProblem): string {
  return textByProblem[problem]();
}
