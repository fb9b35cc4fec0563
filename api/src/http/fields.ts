import { z } from '@hono/zod-openapi';
import { limits, listIdPattern, memberIdPattern, roles } from '@trolley/shared/protocol';

/** Text as people type it: trimmed, of bounded length, without control characters (Postgres can't even hold a NUL). Never interpreted. */
const text = (maxLength: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not hold control characters');

export const personNameSchema = text(limits.maxPersonNameLength).openapi({ example: 'Mum' });
export const colorSchema = z.int().min(0).max(15).openapi({ description: 'Index into the palette of avatar colours' });
export const listIdSchema = z
  .string()
  .regex(listIdPattern)
  .brand<'ListId'>()
  .openapi({ type: 'string', example: 'AAECAwQFBgcICQoLDA0ODw' });
export const memberIdSchema = z
  .string()
  .regex(memberIdPattern)
  .brand<'MemberId'>()
  .openapi({ type: 'string', example: '4fGh7Kq2' });
export const userIdSchema = z
  .string()
  .regex(/^[\w-]{1,64}$/)
  .brand<'UserId'>()
  .openapi({ type: 'string' });
export const inviteIdSchema = z
  .string()
  .regex(/^[\w-]{16}$/)
  .brand<'InviteId'>()
  .openapi({ type: 'string' });
export const roleSchema = z.enum(roles);
export const timeSchema = z.iso.datetime().openapi({ example: '2026-11-21T08:00:00.000Z' });
export const counterSchema = z.int().min(0).max(2_147_483_647);
