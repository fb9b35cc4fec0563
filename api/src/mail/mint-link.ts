import type { Auth } from '../auth/auth.ts';
import { catchToken } from '../auth/minted-tokens.ts';
import { limits } from '@trolley/shared/protocol';
import type { MailKind, MailRequest } from './mail-request.ts';

/** By which call better-auth makes a link of each kind. */
const calls: Readonly<Record<MailKind, string>> = {
  'sign-in': '/sign-in/magic-link',
  'reset-password': '/request-password-reset',
  'verify-address': '/send-verification-email',
};

/**
 * A fresh link for a mail, or null when none is due: no account has the address, or it is confirmed already. The secret stands behind the `#`,
 * which no browser sends to a server and no log holds; the page there asks before it uses it, so that a scanner of mails uses nothing up.
 */
export async function mintLink(auth: Auth, { kind, email, origin }: MailRequest): Promise<string | null> {
  const token = await catchToken(async () => {
    const response = await auth.handler(
      new Request(`${origin}/api/auth${calls[kind]}`, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json' },
        body: JSON.stringify(kind === 'sign-in' ? { email, name: nameFromEmail(email) } : { email }),
      }),
    );
    if (!response.ok) throw new Error(`No link could be made for a mail (${String(response.status)}).`);
  });
  return token === null ? null : `${origin}/mail/${kind}#${token}`;
}

/** What stands before the @, until the person says more. */
function nameFromEmail(email: string): string {
  return (email.split('@')[0] ?? email).slice(0, limits.maxPersonNameLength);
}
