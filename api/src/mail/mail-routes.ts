import { createHash } from 'node:crypto';
import { createRoute, z } from '@hono/zod-openapi';
import type { AppDependencies } from '../app-dependencies.ts';
import { identify } from '../auth/identify.ts';
import { callerAddress } from '../http/caller-address.ts';
import { createRouter, type Router } from '../http/create-router.ts';
import { responses, succeed } from '../http/envelope.ts';
import { ownOrigin } from '../http/request-origin.ts';
import { mailRequestSchema } from './mail-request.ts';

const wantedMailSchema = mailRequestSchema.omit({ origin: true }).openapi('WantedMail');

const postMail = createRoute({
  method: 'post',
  path: '/mails',
  tags: ['me'],
  summary: 'Have a link sent to an address: to sign in, to choose a new password, or to confirm the address',
  security: [],
  request: { body: { required: true, content: { 'application/json': { schema: wantedMailSchema } } } },
  responses: responses(
    z.object({ isMailed: z.boolean().openapi({ description: 'False where mails are kept as files on the server' }) }),
    'The same for every address, whether an account has it or not',
    'rate-limited',
  ),
});

/** Mails that people ask for, with or without a session. What becomes of one, only whoever reads it learns. */
export function mailRoutes(dependencies: AppDependencies): Router {
  const { auth, limiter, isBehindProxy, publicUrl, queueMail } = dependencies;
  return createRouter().openapi(postMail, async (c) => {
    const { email: given, ...wanted } = c.req.valid('json');
    const email = given.toLowerCase();
    await limiter.spend('mailsFromAddress', callerAddress(c, isBehindProxy));
    const { account } = await identify(auth, c.req.raw.headers, { refresh: false });
    if (account !== null) await limiter.spend('mailsOfAccount', account.userId);
    await limiter.spend('mailsToReader', createHash('sha256').update(email).digest('base64url'));
    await queueMail({ ...wanted, email, origin: ownOrigin({ url: c.req.url, publicUrl }) });
    return succeed(c, { isMailed: dependencies.isMailed }, 'The mail is on its way, if there is something to send.');
  });
}
