import { isTooLong, TrolleyError } from '@trolley/shared/protocol';
import { getDotPath, safeParse, type GenericSchema } from 'valibot';

/** A message from outside, as its schema has it. Throws `too-large` when only a size was wrong, `bad-request` otherwise. */
export function parseMessage<T>(schema: GenericSchema<unknown, T>, raw: unknown): T {
  const result = safeParse(schema, raw);
  if (result.success) return result.output;
  // What was received stays out: it can be long, and it can be a secret.
  const details = result.issues.map((issue) => ({ path: getDotPath(issue), expected: issue.expected }));
  const code = result.issues.every(isTooLong) ? 'too-large' : 'bad-request';
  throw new TrolleyError(code, 'The message does not fit the protocol.', { details });
}
