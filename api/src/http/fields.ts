import { z } from '@hono/zod-openapi';
import * as protocol from '@trolley/shared/protocol';
import { is, type GenericSchema } from 'valibot';

/** Text as people type it: trimmed, of bounded length, without control characters (Postgres can't even hold a NUL). Never interpreted. */
const text = (maxLength: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not hold control characters');

export const personNameSchema = text(protocol.limits.maxPersonNameLength).openapi({ example: 'Mum' });
export const colorSchema = z.int().min(0).max(15).openapi({ description: 'Index into the palette of avatar colours' });
export const listIdSchema = id(protocol.listIdSchema, protocol.listIdPattern, 'AAECAwQFBgcICQoLDA0ODw');
export const memberIdSchema = id(protocol.memberIdSchema, protocol.memberIdPattern, '4fGh7Kq2');
export const userIdSchema = id(protocol.userIdSchema, protocol.userIdPattern);
export const inviteIdSchema = id(protocol.inviteIdSchema, protocol.inviteIdPattern);
export const roleSchema = z.enum(protocol.roles);
export const timeSchema = z.iso.datetime().openapi({ example: '2026-11-21T08:00:00.000Z' });
export const counterSchema = z.int().min(0).max(2_147_483_647);

/** An id as the protocol has it, in a form that OpenAPI can describe. */
function id<T extends string>(schema: GenericSchema<unknown, T>, pattern: RegExp, example?: string) {
  const shape = { type: 'string', pattern: pattern.source } as const;
  return z.custom<T>((value) => is(schema, value)).openapi(example === undefined ? shape : { ...shape, example });
}
