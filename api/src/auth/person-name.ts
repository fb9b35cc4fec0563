import { APIError } from 'better-auth/api';
import { personNameSchema } from '../http/fields.ts';

/** The name of a guest who has not given one yet. The screen shows its own word for it. */
export const guestName = 'Guest';

/** Whom nobody can write to: better-auth wants an address of everybody, so guests have one at this name, which belongs to nobody. */
export const guestMailDomain = 'guest.invalid';

/** A person's name as better-auth's sign-up got it, trimmed. Throws better-auth's own error, which it turns into a 400. */
export function readPersonName(name: string): string {
  const result = personNameSchema.safeParse(name);
  if (result.success) return result.data;
  throw new APIError('BAD_REQUEST', { code: 'INVALID_NAME', message: 'A name has 1 to 40 characters.' });
}
