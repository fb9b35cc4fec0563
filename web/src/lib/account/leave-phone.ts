import type { Trolley } from '#lib/sync/trolley.ts';
import type { SignInProblem } from './auth-api.ts';
import { forgetAllButProfile } from './phone-memory.ts';

/**
 * Signs out and takes all lists off this phone: whoever uses it next must not find them. What was not on the server yet is lost, so the
 * person is asked before. Null when it worked; otherwise nothing has changed.
 */
export async function leavePhone({ account, client }: Trolley): Promise<SignInProblem | null> {
  const problem = await account.signOut();
  if (problem !== null) return problem;
  for (const { list } of await client.lists()) await client.forget(list);
  forgetAllButProfile();
  client.reconnect();
  return null;
}
