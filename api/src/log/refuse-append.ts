import { mayEdit, type Append, type Role, type WireError } from '@trolley/shared/protocol';

/** Why an append was not numbered, by its author's role and the list's epoch as they were under the list's row lock. */
export function refuseAppend(append: Append, role: Role | null, epoch: number | null): WireError {
  if (role === null || epoch === null) return { code: 'not-found', message: 'There is no such list.' };
  if (!mayEdit(role)) return { code: 'forbidden', message: 'A viewer may not change the list.' };
  return {
    code: 'epoch-ahead',
    message: `The list is in epoch ${epoch}, and has never been in epoch ${append.epoch}.`,
  };
}
