import type { ListId } from '@trolley/shared/protocol';
import type { Trolley } from '#lib/sync/trolley.ts';
import { acceptInvite } from './invites-api.ts';

/**
 * Joins by a link under a name and a colour, as whoever this phone is signed in as, else as a new guest. Rejects with a `TrolleyError`,
 * after which it can be tried again.
 */
export async function joinList(
  { account, client }: Trolley,
  token: string,
  person: { name: string; color: number },
): Promise<ListId> {
  const hadSession = account.hasSession;
  await account.describe(person);
  await account.ensureSession();
  const list = await acceptInvite(token);
  if (hadSession) client.connect();
  else client.reconnect();
  return list;
}
