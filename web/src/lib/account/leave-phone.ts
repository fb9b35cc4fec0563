import { leavingLock, type Trolley } from '#lib/sync/trolley.ts';
import type { SignInProblem } from './auth-api.ts';
import { forgetAllButProfile } from './phone-memory.ts';

/**
 * Signs out and takes all lists off this phone: whoever uses it next must not find them. What was not on the server yet is lost, so the
 * person is asked before. Null when it worked, after which the page must be loaded anew; otherwise nothing has changed.
 */
export function leavePhone(trolley: Trolley): Promise<SignInProblem | null> {
  return trolley.locks.run(leavingLock, () => leave(trolley));
}

async function leave(trolley: Trolley): Promise<SignInProblem | null> {
  const { account, client, storage } = trolley;
  const problem = await account.signOut();
  if (problem !== null) return problem;
  // The client first: a list that it is fetching would be put back.
  await client.dispose();
  for (const { list } of await storage.lists()) await storage.remove(list);
  const { useMemory } = await import('#lib/history/use-memory.ts');
  await useMemory(trolley).keepOnly(new Set());
  forgetAllButProfile();
  return null;
}
