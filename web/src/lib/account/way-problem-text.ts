import * as m from '#lib/paraglide/messages.js';
import type { LinkProblem } from './mails-api.ts';
import type { PasskeyProblem } from './passkeys-api.ts';

const textByLinkProblem: Readonly<Record<LinkProblem, () => string>> = {
  'link-spent': m.account_problem_link,
  'password-too-short': m.account_problem_password_too_short,
  unavailable: m.problem_unavailable,
  'rate-limited': m.problem_rate_limited,
};

const textByPasskeyProblem: Readonly<Record<PasskeyProblem, () => string>> = {
  cancelled: m.account_problem_passkey_cancelled,
  unknown: m.account_problem_passkey_unknown,
  exists: m.account_problem_passkey_exists,
  unavailable: m.problem_unavailable,
  'rate-limited': m.problem_rate_limited,
};

/** The sentence for a link of a mail that did not work. */
export function linkProblemText(problem: LinkProblem): string {
  return textByLinkProblem[problem]();
}

/** The sentence for a passkey that was not made or not used. */
export function passkeyProblemText(problem: PasskeyProblem): string {
  return textByPasskeyProblem[problem]();
}
