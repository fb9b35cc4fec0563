import type { Logger } from 'pino';
import { z } from 'zod';
import type { Auth } from '../auth/auth.ts';
import { composeMail } from './compose-mail.ts';
import type { SendMail } from './create-mailer.ts';
import type { MailRequest } from './mail-request.ts';
import { mintLink } from './mint-link.ts';

/** What a mail server answers that does not know the reader: to ask it again changes nothing. */
const refusalSchema = z.object({ code: z.literal('EENVELOPE'), responseCode: z.int().min(500).max(599) });

/**
 * Makes a link and sends it to whoever asked for it.
 *
 * @throws whatever the mail server or the store has to say, when it is worth a repeat.
 */
export async function sendMail(auth: Auth, send: SendMail, logger: Logger, request: MailRequest): Promise<void> {
  const link = await mintLink(auth, request);
  if (link === null) return;
  try {
    await send(composeMail(request, link));
  } catch (error) {
    if (!refusalSchema.safeParse(error).success) throw error;
    logger.warn({ kind: request.kind }, 'the mail server does not take mail for the address that was given');
  }
}
