import * as v from 'valibot';
import { TrolleyError } from '@trolley/shared/protocol';
import { currentLanguage } from '#lib/i18n/language.svelte.ts';
import { callApi, readJson, send } from './api-client.ts';

/** What the link of a mail is for; also the last part of the address that it leads to. */
export const mailKinds = ['sign-in', 'reset-password', 'verify-address'] as const;
export type MailKind = (typeof mailKinds)[number];

/**
 * Has a link sent to an address, in the language of the screen. Answers whether it comes by mail: a server without a mail server keeps it as a
 * file. Rejects with a `TrolleyError`.
 */
export async function requestMail(kind: MailKind, email: string): Promise<{ isMailed: boolean }> {
  return callApi(v.object({ isMailed: v.boolean() }), '/mails', {
    method: 'POST',
    body: { kind, email, language: currentLanguage() },
  });
}

/** Why a link did not do what it is for. */
export type LinkProblem = 'link-spent' | 'password-too-short' | 'unavailable' | 'rate-limited';

/** Uses the link of a mail up. Null when it worked. */
export function redeemLink(kind: MailKind, token: string, newPassword = ''): Promise<LinkProblem | null> {
  if (kind === 'reset-password') return post('/reset-password', { token, newPassword });
  return post(kind === 'sign-in' ? '/magic-link/verify' : '/verify-email', { token });
}

async function post(path: string, body: unknown): Promise<LinkProblem | null> {
  try {
    const response = await send(`/api/auth${path}`, { method: 'POST', body });
    return response.ok ? null : readProblem(response.status, await readJson(response));
  } catch (error) {
    if (error instanceof TrolleyError) return 'unavailable';
    throw error;
  }
}

function readProblem(status: number, body: unknown): LinkProblem {
  if (status === 429) return 'rate-limited';
  if (status >= 500) return 'unavailable';
  return v.is(v.object({ code: v.literal('PASSWORD_TOO_SHORT') }), body) ? 'password-too-short' : 'link-spent';
}
