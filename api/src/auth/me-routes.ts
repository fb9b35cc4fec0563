import { createRoute, z } from '@hono/zod-openapi';
import type { AppDependencies } from '../app-dependencies.ts';
import { createRouter, type Router } from '../http/create-router.ts';
import { responses, succeed } from '../http/envelope.ts';
import { colorSchema, memberIdSchema, personNameSchema, userIdSchema } from '../http/fields.ts';
import { changeProfile } from './profile-store.ts';

export const meSchema = z
  .object({
    userId: userIdSchema,
    memberId: memberIdSchema,
    name: personNameSchema,
    color: colorSchema,
    isGuest: z.boolean(),
    email: z.string().nullable().openapi({ description: 'Null for whoever has given none' }),
    isEmailConfirmed: z.boolean(),
  })
  .openapi('Me');

export const profileChangeSchema = z
  .object({ name: personNameSchema.optional(), color: colorSchema.optional(), memberId: memberIdSchema.optional() })
  .openapi('ProfileChange');

const tags = ['me'];

const getMe = createRoute({
  method: 'get',
  path: '/me',
  tags,
  summary: 'Who I am',
  responses: responses(meSchema, 'My account', 'unauthenticated'),
});

const patchMe = createRoute({
  method: 'patch',
  path: '/me',
  tags,
  summary: 'Change my name or colour, or take over, once, the member id that my phone has drawn',
  request: { body: { required: true, content: { 'application/json': { schema: profileChangeSchema } } } },
  responses: responses(meSchema, 'My account', 'unauthenticated', 'already-exists', 'forbidden'),
});

/** One's own account, as others see it. */
export function meRoutes({ database }: AppDependencies): Router {
  return createRouter()
    .openapi(getMe, (c) => succeed(c, c.var.account, 'Your account.'))
    .openapi(patchMe, async (c) => {
      const profile = await changeProfile(database, c.var.account.userId, c.req.valid('json'), new Date(c.var.nowMs));
      return succeed(c, { ...c.var.account, ...profile }, 'Your account is changed.');
    });
}
