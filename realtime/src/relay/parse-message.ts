import { TrolleyError } from '@trolley/shared/protocol';
import type { ZodMiniType } from 'zod/mini';

/** A message from outside, as its schema has it. Throws `too-large` when only a size was wrong, `bad-request` otherwise. */
export function parseMessage<T>(schema: ZodMiniType<T>, raw: unknown): T {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  const details = result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  const isTooLarge = details.length > 0 && details.every(({ message }) => message.startsWith('more than'));
  throw new TrolleyError(isTooLarge ? 'too-large' : 'bad-request', 'The message does not fit the protocol.', {
    details,
  });
}
