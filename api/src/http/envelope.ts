import { z } from '@hono/zod-openapi';
import { errorCodes, errorTable, type ErrorCode } from '@trolley/shared/protocol';
import type { AppContext } from './app-env.ts';
import { timeSchema } from './fields.ts';

/** Every answer of `/api/v1` is one of these two, so that a caller looks at `success` and nothing else. */
const successSchema = <T extends z.ZodType>(data: T) =>
  z.object({ success: z.literal(true), data, message: z.string(), timestamp: timeSchema });

export const failureSchema = z
  .object({
    success: z.literal(false),
    error: z.object({
      code: z.enum(errorCodes),
      message: z.string().openapi({ description: 'For developers. People are shown a sentence chosen by the code.' }),
      details: z.unknown().nullable(),
    }),
    timestamp: timeSchema,
  })
  .openapi('Failure');

export type Failure = z.infer<typeof failureSchema>;

/** Answers a call that did what it was asked. */
export function succeed<T>(c: AppContext, data: T, message: string) {
  return c.json({ success: true as const, data, message, timestamp: new Date(c.var.nowMs).toISOString() }, 200);
}

/** What a route answers, for the OpenAPI document: its data, or one of the codes that are particular to it. */
export function responses<T extends z.ZodType>(data: T, description: string, ...codes: ErrorCode[]) {
  const refusals = Map.groupBy(codes, (code) => errorTable[code].status);
  return {
    ...Object.fromEntries([...refusals].map(([status, sameStatus]) => [status, refusal(sameStatus)])),
    200: { description, content: { 'application/json': { schema: successSchema(data) } } },
  };
}

function refusal(codes: readonly ErrorCode[]) {
  return { description: codes.join(', '), content: { 'application/json': { schema: failureSchema } } };
}
