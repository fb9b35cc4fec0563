import { z } from '@hono/zod-openapi';
import { inviteIdSchema, listIdSchema, roleSchema, timeSchema } from '../http/fields.ts';

const invitedRoleSchema = roleSchema.exclude(['owner']);
const maxUsesSchema = z.int().min(1).max(100).nullable().openapi({ description: 'Null for no limit' });

export const newInviteSchema = z
  .object({
    role: invitedRoleSchema,
    expiresInHours: z.int().min(1).max(8760).default(168),
    maxUses: maxUsesSchema.default(null),
  })
  .openapi('NewInvite');

export const createdInviteSchema = z
  .object({
    inviteId: inviteIdSchema,
    token: z.string().openapi({ description: 'Told once: the store keeps only its hash' }),
    path: z.string().openapi({ example: '/join/AAECAwQFBgcICQoLDA0ODwABAgMEBQYHCAkKCwwNDg8' }),
    role: invitedRoleSchema,
    expiresAt: timeSchema,
    maxUses: maxUsesSchema,
  })
  .openapi('CreatedInvite');

export const inviteSchema = z
  .object({
    inviteId: inviteIdSchema,
    role: invitedRoleSchema,
    expiresAt: timeSchema,
    maxUses: maxUsesSchema,
    uses: z.int(),
    createdAt: timeSchema,
    revokedAt: timeSchema.nullable(),
  })
  .openapi('Invite');

export const invitePreviewSchema = z
  .object({
    list: listIdSchema,
    listTitle: z.string(),
    role: invitedRoleSchema,
    invitedBy: z.string().nullable(),
    expiresAt: timeSchema,
  })
  .openapi('InvitePreview');

export const joinedSchema = z.object({ list: listIdSchema, role: roleSchema }).openapi('Joined');
