import { TrolleyError } from '@trolley/shared/protocol';
import * as m from '#lib/paraglide/messages.js';

/** Why the list did not take an edit, in words. Throws again what is no refusal. */
export function refusalText(error: unknown): string {
  if (!(error instanceof TrolleyError)) throw error;
  return error.code === 'too-large' ? m.list_full() : m.problem_bad_request();
}
